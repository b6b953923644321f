package dev.rooster.report;

import java.time.Duration;

/**
 * When operators hear that a mailbox provider puts our mail off.
 *
 * @param percent more than this of its deliveries …; 1–100, 20 by default
 * @param min … and at least so many …; 1–100,000, 50 by default
 * @param after … have been put off for so long; 1 minute to 12 hours, 10 minutes by default
 */
public record DeferralSettings(int percent, int min, Duration after) {

    public DeferralSettings {
        require(percent >= 1 && percent <= 100, "percent is 1 to 100");
        require(min >= 1 && min <= 100_000, "min is 1 to 100,000");
        require(after.toMinutes() >= 1 && after.toHours() <= 12, "after is 1 minute to 12 hours");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    public static DeferralSettings defaults() {
        return new DeferralSettings(20, 50, Duration.ofMinutes(10));
    }

    boolean many(long deferred, long recipients) {
        return deferred >= min && deferred * 100 > (long) percent * recipients;
    }
}
