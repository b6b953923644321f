package dev.rooster.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many sign-ups are taken: from one network address and from everywhere, by the hour. What one address of a person gets is limited
 * with the notices. Thread-safe; forgets the longest unseen callers when there are too many.
 */
final class SignUpLimits {
    private static final int CALLERS_MAX = 20_000;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final String EVERYWHERE = "";

    private final int perCaller;
    private final int perHour;
    private final InstantSource clock;
    private final Map<String, Count> counts = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > CALLERS_MAX;
        }
    };

    private record Count(Instant since, int count) {}

    SignUpLimits(int perCaller, int perHour, InstantSource clock) {
        this.perCaller = perCaller;
        this.perHour = perHour;
        this.clock = clock;
    }

    /** Whether one more is taken from this caller; counts it. */
    synchronized boolean take(String caller) {
        return count("ip " + ClientAddress.block(caller)) <= perCaller && count(EVERYWHERE) <= perHour;
    }

    private int count(String key) {
        Instant now = clock.instant();
        Count old = counts.get(key);
        Count next = old == null || !now.isBefore(old.since().plus(WINDOW))
                ? new Count(now, 1)
                : new Count(old.since(), old.count() + 1);
        counts.put(key, next);
        return next.count();
    }
}
