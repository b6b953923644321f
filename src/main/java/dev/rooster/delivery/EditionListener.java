package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Hears what becomes of editions, inside the transaction that makes it so. */
public interface EditionListener {
    /** Every delivery is final and the sums agree. */
    void finished(Handle handle, EditionId edition, NewsletterId newsletter, Instant at);

    /** Someone or a stop rule paused it. */
    void paused(Handle handle, EditionId edition, NewsletterId newsletter, PauseReason reason, Instant at);

    /** A stop rule paused one mailbox provider of it; the others go on. */
    default void providerPaused(
            Handle handle,
            EditionId edition,
            NewsletterId newsletter,
            String provider,
            PauseReason reason,
            Instant at) {}
}
