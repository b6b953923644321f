package dev.rooster.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT as something to wait for: the process ends only after {@link #done}, so that a long-running command can put
 * its things in order, but not later than it is given for that: it may wait for a database that does not answer.
 */
final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private final Duration orderMax;

    StopSignal(Duration orderMax) {
        this.orderMax = orderMax;
    }

    /** Listens from now on. @param orderMax how long the process may go on after the signal */
    static StopSignal await(Duration orderMax) {
        StopSignal signal = new StopSignal(orderMax);
        Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "rooster-stop"));
        return signal;
    }

    /** What the signal does: returns when the process may end. */
    void stop() {
        asked.countDown();
        try {
            if (!done.await(orderMax.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The process ends before all is in order; what is open is recovered at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the process was asked to stop. */
    void asked() throws InterruptedException {
        asked.await();
    }

    /** Waits for at most that long; true when the process was asked to stop. */
    boolean askedWithin(Duration wait) throws InterruptedException {
        return asked.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Everything is in order; the process may end. */
    void done() {
        done.countDown();
    }
}
