package dev.rooster.notice;

import dev.rooster.mail.ReplyVerdict;
import dev.rooster.mail.SmtpReply;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.suppression.SuppressionReason;
import dev.rooster.token.AddressHash;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** A reader's address that a relay refuses for good is suppressed, as it would be if an issue had found it dead. Thread-safe. */
public final class SuppressDeadAddress implements NoticeListener {
    private final Subscribing subscribing;
    private final InstantSource clock;
    private final JdbiSubscribers subscribers = new JdbiSubscribers();

    public SuppressDeadAddress(Subscribing subscribing, InstantSource clock) {
        this.subscribing = subscribing;
        this.clock = clock;
    }

    @Override
    public void addressRefused(Handle handle, Notice notice, SmtpReply reply, ReplyVerdict verdict) {
        if (!verdict.hard()) {
            return;
        }
        // Operators need be no subscribers; then there is nobody to suppress.
        subscribers
                .findByPublicId(handle, AddressHash.publicId(notice.personHash()))
                .ifPresent(person -> subscribing.bounce(
                        handle,
                        person.id(),
                        SuppressionReason.HARD_BOUNCE,
                        clock.instant(),
                        "relay's answer to a " + notice.kind().word() + ": " + reply.code()));
    }
}
