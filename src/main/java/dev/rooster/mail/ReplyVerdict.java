package dev.rooster.mail;

import dev.rooster.mail.dsn.Category;
import java.time.Duration;
import java.util.Optional;

/**
 * What a reply means for the message, its recipient, and the relay.
 *
 * @param category why, for reports; {@link Category#OTHER} for an acceptance
 * @param hard whether the address is dead and is to be suppressed; true exactly for {@link Disposition#REJECT_ADDRESS}
 * @param retryHint how long the server asks to wait, between a second and a day; only where it said so and a retry follows
 */
public record ReplyVerdict(Disposition disposition, Category category, boolean hard, Optional<Duration> retryHint) {

    /** What to do. */
    public enum Disposition {
        /** The command succeeded; at {@link SmtpCommand#BODY}: the relay took the message, which is all that it proves. */
        ACCEPTED,
        /** Not now: this recipient is tried again later. */
        DEFER,
        /** Final: the address does not exist, or never will again. A hard bounce. */
        REJECT_ADDRESS,
        /** Final for this message, but the address may live: full, disabled, filtered, or nobody knows. */
        REJECT_OTHER,
        /**
         * Refused because of us: policy, authentication, reputation, content, size. Sending on would only burn
         * recipients; none of them is to blame.
         */
        PAUSE_SENDER,
        /** The relay, or this connection, is of no use at present; no recipient is consumed. */
        RELAY_DOWN
    }
}
