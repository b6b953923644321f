package dev.rooster.cli;

import dev.rooster.delivery.IssueContent;
import dev.rooster.issue.QueuePlan;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.smtp.RelayCheck;
import dev.rooster.subscriber.JdbiUtf8Addresses;
import java.util.Optional;

/** What relays are to carry: the longest message of the queue, and readers whose address needs SMTPUTF8. Changes nothing. */
final class RelayLoad {
    /** Issues looked at of each newsletter. */
    private static final int ISSUES_MAX = 20;

    private final App app;
    private final MessageBuffer buffer = new MessageBuffer();

    private RelayLoad(App app) {
        this.app = app;
    }

    /** Keys and database must be sound. */
    static RelayCheck.Load of(App app) {
        return new RelayLoad(app).look();
    }

    private RelayCheck.Load look() {
        long longest = 0;
        for (Newsletter newsletter : app.newsletters().all()) {
            QueuePlan plan = app.issueQueue().plan(newsletter);
            longest = Math.max(
                    longest,
                    plan.places().stream()
                            .filter(place -> place.issue().isPresent())
                            .limit(ISSUES_MAX)
                            .mapToLong(place -> bytes(newsletter, place))
                            .max()
                            .orElse(0));
        }
        return new RelayCheck.Load(longest, app.database().jdbi().withHandle(new JdbiUtf8Addresses()::active));
    }

    /** 0 for an issue that can't be made now, which the rehearsal and the queue tell of. */
    private long bytes(Newsletter newsletter, QueuePlan.Place place) {
        IssueContent.Answer answer = app.database()
                .jdbi()
                .withHandle(handle -> app.delivering()
                        .content()
                        .find(
                                handle,
                                newsletter,
                                place.issue().orElseThrow(),
                                Optional.of(place.slot().date())));
        if (!(answer instanceof IssueContent.Answer.Ready ready)) {
            return 0;
        }
        app.delivering()
                .sampleCopies()
                .make(
                        newsletter,
                        place.issue().orElseThrow(),
                        ready,
                        ready.subject(),
                        newsletter.settings().from(),
                        null,
                        place.slot().at(),
                        1,
                        app.dkim(newsletter))
                .write(buffer);
        return buffer.length();
    }
}
