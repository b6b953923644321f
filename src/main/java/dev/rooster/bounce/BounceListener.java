package dev.rooster.bounce;

import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.SubscriberId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Hears what follows from returned mail beyond this package, inside the transaction that records it. */
public interface BounceListener {
    /** A report says that the address is dead. Told once for each delivery. */
    default void bouncedHard(Handle handle, ReportedDelivery delivery, Instant at) {}

    /**
     * A report says that we were refused, not the recipient. Told once for each delivery.
     *
     * @param words of the refusal, at most 300 characters
     */
    default void refusedUs(Handle handle, ReportedDelivery delivery, String words, Instant at) {}

    /** The reader reported the mail as spam. Told once for each delivery. */
    default void complained(Handle handle, ReportedDelivery delivery, Instant at) {}

    /**
     * Much of what came back lately leads to no delivery, or to no meaning. Told at each further such mail.
     *
     * @param mails how many came back within the last seven days
     * @param unread how many of them nobody could make use of
     */
    default void unread(Handle handle, long mails, long unread, Instant at) {}

    /**
     * A person asked in plain words to get no more mail, and somebody has to decide.
     *
     * @param today how many such mails came within the last 24 hours, this one included
     */
    default void askedToStop(Handle handle, StopRequest request, long today) {}

    /** A subscriber refused by a mail to the List-Unsubscribe address; the refusal is in force. */
    default void refusedByMail(Handle handle, NewsletterId newsletter, SubscriberId subscriber, Instant at) {}
}
