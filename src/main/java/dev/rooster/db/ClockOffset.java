package dev.rooster.db;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How far this machine's clock is from the database's.
 *
 * @param ahead positive: this machine's clock is ahead
 * @param doubt half the time that the question took: the offset may be that much larger or smaller
 */
public record ClockOffset(Duration ahead, Duration doubt) {
    /** Nodes of one database may differ by this much; slots and retries are timed by the node, leases by the database. */
    public static final Duration MAX = Duration.ofSeconds(5);

    public static ClockOffset measure(Database database, InstantSource clock) {
        return database.jdbi().withHandle(handle -> {
            long began = System.nanoTime();
            Instant there = database.now(handle);
            Duration doubt = Duration.ofNanos((System.nanoTime() - began) / 2);
            return new ClockOffset(Duration.between(there, clock.instant().minus(doubt)), doubt);
        });
    }

    /** True when it is beyond the bound, whatever the doubt. */
    public boolean tooLarge() {
        return ahead.abs().minus(doubt).compareTo(MAX) > 0;
    }
}
