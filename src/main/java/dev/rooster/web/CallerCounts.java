package dev.rooster.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts by caller, each from its first until a while later. Thread-safe; forgets the longest unseen callers when there are too
 * many.
 */
final class CallerCounts {
    private static final int CALLERS_MAX = 20_000;

    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > CALLERS_MAX;
        }
    };

    private record Count(Instant since, int count) {}

    CallerCounts(Duration window, InstantSource clock) {
        this.window = window;
        this.clock = clock;
    }

    /** Counts one more; answers how many there are now. */
    synchronized int add(String caller) {
        Instant now = clock.instant();
        Count old = counts.get(caller);
        Count next = isOver(old, now) ? new Count(now, 1) : new Count(old.since(), old.count() + 1);
        counts.put(caller, next);
        return next.count();
    }

    /** How many there are now. */
    synchronized int of(String caller) {
        Count found = counts.get(caller);
        return isOver(found, clock.instant()) ? 0 : found.count();
    }

    private boolean isOver(Count count, Instant now) {
        return count == null || !now.isBefore(count.since().plus(window));
    }
}
