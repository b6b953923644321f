package dev.rooster.bounce;

import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import dev.rooster.subscriber.Subscriber;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Tells readers the result of a refusal that came in by mail (Network Act of Korea §50(7)). Thread-safe. */
final class TellRefusal {
    private final Notices notices;
    private final Newsletters newsletters;

    TellRefusal(Notices notices, Newsletters newsletters) {
        this.notices = notices;
        this.newsletters = newsletters;
    }

    void tell(Handle handle, NewsletterId newsletter, Subscriber reader, Instant at) {
        notices.withdraw(handle, reader.address(), NoticeKind.WELCOME, newsletter);
        notices.enqueue(
                NoticeKind.REFUSAL,
                reader.address(),
                newsletter.value() + " " + at,
                newsletter,
                language(newsletter, reader),
                Map.of(),
                handle);
    }

    private Language language(NewsletterId newsletter, Subscriber reader) {
        return reader.language() != null
                ? reader.language()
                : newsletters
                        .find(newsletter)
                        .map(Newsletter::settings)
                        .map(settings -> settings.language())
                        .orElse(Language.EN);
    }
}
