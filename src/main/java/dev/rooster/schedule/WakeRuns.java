package dev.rooster.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs wakes and remembers how the last of each went. Thread-safe. */
public final class WakeRuns {
    private static final Logger LOG = LoggerFactory.getLogger(WakeRuns.class);

    private final InstantSource clock;
    private final Map<String, Run> last = new TreeMap<>();
    private int running;

    WakeRuns(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The last run of a wake.
     *
     * @param at when it began
     * @param failures how many runs have failed since this process started
     * @param failed whether this one did
     */
    public record Run(Instant at, Duration took, long failures, boolean failed) {}

    /** The last run of each wake that ran at all, by name. */
    public synchronized Map<String, Run> last() {
        return Map.copyOf(last);
    }

    void run(Wake wake) {
        Instant began = clock.instant();
        boolean failed = true;
        enter();
        try {
            wake.work().runDue(began);
            failed = false;
        } catch (RuntimeException e) {
            LOG.error("{} failed; it is tried again in {}", wake.name(), wake.every(), e);
        } finally {
            leave(wake, began, failed);
        }
    }

    private synchronized void enter() {
        running++;
    }

    private synchronized void leave(Wake wake, Instant began, boolean failed) {
        running--;
        Run before = last.get(wake.name());
        long failures = (before == null ? 0 : before.failures()) + (failed ? 1 : 0);
        last.put(wake.name(), new Run(began, Duration.between(began, clock.instant()), failures, failed));
        notifyAll();
    }

    /** Waits until no wake is running, or the time is over; says which. */
    synchronized boolean awaitIdle(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); running > 0 && left > 0; left = deadline - System.nanoTime()) {
            wait(Math.max(1, left / 1_000_000));
        }
        return running == 0;
    }
}
