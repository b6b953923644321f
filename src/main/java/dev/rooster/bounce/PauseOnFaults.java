package dev.rooster.bounce;

import dev.rooster.delivery.EditionId;
import dev.rooster.delivery.JdbiEditions;
import dev.rooster.delivery.PauseReason;
import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Stops an edition when many reports say that we are refused: behind a smarthost this is the only way to hear of it. Whoever
 * listens to editions tells the operators.
 */
public final class PauseOnFaults implements BounceListener {
    private final JdbiEditions editions;

    public PauseOnFaults(JdbiEditions editions) {
        this.editions = editions;
    }

    @Override
    public void senderRefused(
            Handle handle, long edition, NewsletterId newsletter, long faults, String example, Instant at) {
        PauseReason reason = new PauseReason(PauseReason.Kind.SENDER_REFUSED, faults + " reports: " + example);
        editions.pause(handle, new EditionId(edition), reason, at);
    }
}
