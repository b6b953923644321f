package dev.rooster.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.rooster.delivery.DeliveryEngine;
import dev.rooster.delivery.DeliveryState;
import dev.rooster.delivery.Edition;
import dev.rooster.delivery.Editions;
import dev.rooster.delivery.EngineListener;
import dev.rooster.delivery.SendProgress;
import dev.rooster.delivery.StartOutcome;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.sandbox.SendingFigures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The engine of this process sending the bench's issue, watched from outside. One thread's at a time. */
final class BenchSend implements AutoCloseable {
    private static final Duration STILL_MAX = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final BenchWorld world;
    private final Editions editions;
    private final DeliveryEngine engine;
    private final SendProgress progress;
    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final double audienceSeconds;
    private boolean closed;

    private BenchSend(
            BenchWorld world, Editions editions, DeliveryEngine engine, Edition edition, double audienceSeconds) {
        this.audienceSeconds = audienceSeconds;
        this.world = world;
        this.editions = editions;
        this.engine = engine;
        this.progress = engine.progress(edition.id());
    }

    /** Freezes the issue, writes the audience and lets the engine begin. */
    static BenchSend start(BenchWorld world) {
        App app = world.app();
        app.installation().check(); // names this folder as the one that may send
        Editions editions = app.delivering().editions();
        Newsletter newsletter = app.newsletters().all().get(0);
        long began = System.nanoTime();
        StartOutcome outcome = editions.start(newsletter, BenchWorld.issueId(), Duration.ZERO, written -> {});
        if (!(outcome instanceof StartOutcome.Started started)) {
            throw new IllegalStateException("the bench's issue could not be started: " + outcome);
        }
        double audienceSeconds = (System.nanoTime() - began) / 1e9;
        DeliveryEngine engine = app.delivering().engine(edition -> true, new EngineListener() {});
        engine.start();
        return new BenchSend(world, editions, engine, started.edition(), audienceSeconds);
    }

    private long accepted() {
        return progress.recorded(DeliveryState.ACCEPTED);
    }

    /** How long it took to freeze the issue and to write its audience. */
    double audienceSeconds() {
        return audienceSeconds;
    }

    /** Watches the running send for so long. */
    SendingFigures measure(Duration time) {
        long before = accepted();
        while (accepted() == before) {
            sayIfItFailed();
            LockSupport.parkNanos(LOOK_NANOS);
        }
        before = accepted();
        long processor = machine.getProcessCpuTime();
        long began = System.nanoTime();
        while (System.nanoTime() - began < time.toNanos()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long mails = accepted() - before;
        long took = System.nanoTime() - began;
        sayIfItFailed();
        if (progress.closed()) {
            throw new IllegalStateException("everybody had it before the time was over: give more --recipients");
        }
        return new SendingFigures(
                mails, Duration.ofNanos(took), Duration.ofNanos(machine.getProcessCpuTime() - processor));
    }

    /** Pauses, and waits until nothing is under way. */
    void pause() {
        editions.pause(BenchWorld.issueId(), "bench");
        long until = System.nanoTime() + STILL_MAX.toNanos();
        while (!progress.closed() && System.nanoTime() < until) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }

    /** Goes on, and comes back a little after the first mails went out. */
    void resume() {
        long before = accepted();
        editions.resume(BenchWorld.issueId());
        while (accepted() == before) {
            sayIfItFailed();
            LockSupport.parkNanos(LOOK_NANOS);
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }

    /** A tenth of a whole send, as it stood at its end. */
    record Tenth(int number, double perSecond, long heapMegabytes, long fileMegabytes) {}

    /** Watches a send from its first mail to its last. */
    List<Tenth> tenths(long recipients) throws IOException {
        List<Tenth> tenths = new ArrayList<>();
        long began = System.nanoTime();
        long before = 0;
        for (int number = 1; number <= 10; number++) {
            long goal = recipients * number / 10;
            while (accepted() < goal) {
                sayIfItFailed();
                LockSupport.parkNanos(LOOK_NANOS);
            }
            long now = System.nanoTime();
            long done = accepted();
            tenths.add(new Tenth(number, (done - before) / ((now - began) / 1e9), heap(), world.fileBytes() >> 20));
            began = now;
            before = done;
        }
        return tenths;
    }

    /** Heap in use after the last collection that was made by itself. */
    private static long heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getCollectionUsage() != null)
                        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                        .sum()
                >> 20;
    }

    private void sayIfItFailed() {
        engine.failure().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            engine.stop();
        }
    }
}
