package dev.rooster.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and SIGINT as something to wait for: the process ends only after {@link #done}, so that a long-running command can put
 * its things in order.
 */
final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private StopSignal() {}

    /** Listens from now on. */
    static StopSignal await() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "rooster-stop"));
        return signal;
    }

    private void stop() {
        asked.countDown();
        try {
            done.await();
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
