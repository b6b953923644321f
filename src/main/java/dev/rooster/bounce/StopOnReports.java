package dev.rooster.bounce;

import dev.rooster.delivery.EditionId;
import dev.rooster.delivery.StopSending;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Lets reports count for the stop rules: behind a smarthost they are the only way to hear that providers refuse us or that
 * addresses are dead. Whoever listens to editions tells the operators.
 */
public final class StopOnReports implements BounceListener {
    private final StopSending stop;

    public StopOnReports(StopSending stop) {
        this.stop = stop;
    }

    @Override
    public void bouncedHard(Handle handle, ReportedDelivery delivery, Instant at) {
        stop.bouncedHard(handle, new EditionId(delivery.edition()), delivery.seq(), at);
    }

    @Override
    public void refusedUs(Handle handle, ReportedDelivery delivery, String words, Instant at) {
        stop.refused(handle, new EditionId(delivery.edition()), delivery.seq(), words, at);
    }

    @Override
    public void complained(Handle handle, ReportedDelivery delivery, Instant at) {
        stop.complained(handle, new EditionId(delivery.edition()), delivery.seq(), at);
    }
}
