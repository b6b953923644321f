package dev.rooster.bounce;

import dev.rooster.language.Messages;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.SubscriberId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Puts into the outbox what people have to be told about returned mail: readers the result of their refusal (Network Act of
 * Korea §50(7)), operators that somebody asks in plain words to get no more, and that many reports can't be read (at most once a day).
 */
public final class TellOfReturnedMail implements BounceListener {
    /** Whoever sends many such mails in others' names fills a list with them, and not the operators' mailboxes. */
    private static final long STOP_NOTICES_A_DAY_MAX = 20;

    private final Notices notices;
    private final Newsletters newsletters;
    private final boolean links;
    private final TellRefusal tellRefusal;
    private final JdbiSubscribers subscribers = new JdbiSubscribers();

    /** @param links whether the pages are reached from outside, so that a letter is decided about on one of them */
    public TellOfReturnedMail(Notices notices, Newsletters newsletters, boolean links) {
        this.notices = notices;
        this.newsletters = newsletters;
        this.links = links;
        this.tellRefusal = new TellRefusal(notices, newsletters);
    }

    @Override
    public void refusedByMail(Handle handle, NewsletterId newsletter, SubscriberId subscriber, Instant at) {
        subscribers.find(handle, subscriber).ifPresent(reader -> tellRefusal.tell(handle, newsletter, reader, at));
    }

    @Override
    public void askedToStop(Handle handle, StopRequest request, long today) {
        for (Newsletter newsletter : newsletters) {
            if (request.newsletter() != null && !request.newsletter().equals(newsletter.id())) {
                continue;
            }
            Messages messages =
                    Messages.of(BounceListener.class, newsletter.settings().language());
            boolean many = today > STOP_NOTICES_A_DAY_MAX;
            LocalDate day = LocalDate.ofInstant(
                    request.receivedAt(), newsletter.settings().zone());
            notices.enqueueForOperators(
                    NoticeKind.ALARM,
                    newsletter,
                    many ? "stop requests " + day : "stop request " + request.id(),
                    many ? many(messages, today) : one(messages, request),
                    handle);
        }
    }

    private static Map<String, String> many(Messages messages, long today) {
        return Map.of("subject", messages.text("stop.subject"), "body", messages.text("stop.many", today));
    }

    private Map<String, String> one(Messages messages, StopRequest request) {
        Map<String, String> told = new HashMap<>();
        told.put("subject", messages.text("stop.subject"));
        told.put(
                "body",
                messages.text(
                        links ? "stop.body.page" : "stop.body",
                        request.sender(),
                        request.words(),
                        String.valueOf(request.id())));
        if (links) {
            told.put(Notices.STOP_REQUEST, String.valueOf(request.publicId()));
            told.put(Notices.STOP_REQUEST_UNTIL, request.linksUntil().toString());
        }
        return told;
    }

    @Override
    public void unread(Handle handle, long mails, long unread, Instant at) {
        for (Newsletter newsletter : newsletters) {
            Messages messages =
                    Messages.of(BounceListener.class, newsletter.settings().language());
            LocalDate today = LocalDate.ofInstant(at, newsletter.settings().zone());
            notices.enqueueForOperators(
                    NoticeKind.ALARM,
                    newsletter,
                    "unread bounces " + today,
                    Map.of(
                            "subject", messages.text("unread.subject"),
                            "body", messages.text("unread.body", mails, unread)),
                    handle);
        }
    }
}
