package dev.rooster.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The system's time, moved forward by what the demo has skipped. Thread-safe. */
final class DemoClock implements InstantSource {
    private final InstantSource system = InstantSource.system();
    private final AtomicReference<Duration> skipped = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return system.instant().plus(skipped.get());
    }

    void skip(Duration by) {
        skipped.updateAndGet(before -> before.plus(by));
    }

    void skipTo(Instant instant) {
        skip(Duration.between(instant(), instant));
    }
}
