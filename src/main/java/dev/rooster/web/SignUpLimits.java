package dev.rooster.web;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How many sign-ups are taken: from one network address and from everywhere, by the hour. What one address of a person gets is limited
 * with the notices. Thread-safe.
 */
final class SignUpLimits {
    private static final String EVERYWHERE = "";

    private final int perCaller;
    private final int perHour;
    private final CallerCounts counts;

    SignUpLimits(int perCaller, int perHour, InstantSource clock) {
        this.perCaller = perCaller;
        this.perHour = perHour;
        this.counts = new CallerCounts(Duration.ofHours(1), clock);
    }

    /** Whether one more is taken from this caller; counts it. */
    boolean take(String caller) {
        return counts.add("ip " + ClientAddress.block(caller)) <= perCaller && counts.add(EVERYWHERE) <= perHour;
    }
}
