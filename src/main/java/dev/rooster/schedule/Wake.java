package dev.rooster.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * A thing to look at again and again: what is due is decided by the work itself, from the database.
 *
 * @param name unique among the wakes of a schedule; shown in logs and metrics
 * @param every how often, at least a second; wakes fall on whole multiples of it (a minute's on second 0)
 * @param scope whether one node of a cluster does it, or each
 * @param work must be safe to run again at once, and on two nodes; what it throws is logged, and the next wake tries again
 */
public record Wake(String name, Duration every, Scope scope, RunDue work) {

    /** Work that does whatever is due at a moment. */
    @FunctionalInterface
    public interface RunDue {
        void runDue(Instant now);
    }

    /** Who does the work when several nodes share a database. */
    public enum Scope {
        /** One node at a time, chosen by Quartz. */
        CLUSTER,
        /** Every node, by a thread of its own that needs neither Quartz nor its tables. */
        NODE
    }

    public Wake {
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a wake every " + every + " is too often; at least 1 s");
        }
    }

    public static Wake onOneNode(String name, Duration every, RunDue work) {
        return new Wake(name, every, Scope.CLUSTER, work);
    }

    public static Wake onEveryNode(String name, Duration every, RunDue work) {
        return new Wake(name, every, Scope.NODE, work);
    }

    /** The first whole multiple of {@code every} since the epoch that is after {@code now}. */
    Instant nextAfter(Instant now) {
        long step = every.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), step) * step + step);
    }
}
