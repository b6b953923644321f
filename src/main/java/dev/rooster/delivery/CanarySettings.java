package dev.rooster.delivery;

import java.time.Duration;

/**
 * Who gets an issue first, and what is waited for before the rest. Only an edition with a pace has a canary.
 *
 * @param percent of the recipients; above 0, at most 50; 1 by default
 * @param min but at least so many; 1–100,000, 200 by default. An edition that has no more is all canary
 * @param check so long after the last of them is answered the rest begins: time for reports to come in and for a person to
 *     look; 0–30 minutes, 30 seconds by default
 * @param stragglers so long after the sending began (or went on) the canary's last stragglers are waited for no more, if any were
 *     answered; 10 seconds to 1 hour, 2 minutes by default
 */
public record CanarySettings(double percent, int min, Duration check, Duration stragglers) {

    public CanarySettings {
        require(percent > 0 && percent <= 50, "percent is above 0 and at most 50");
        require(min >= 1 && min <= 100_000, "min is 1 to 100,000");
        require(!check.isNegative() && check.toMinutes() <= 30, "check is 0 to 30 minutes");
        require(stragglers.toSeconds() >= 10 && stragglers.toHours() <= 1, "stragglers is 10 seconds to 1 hour");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    public static CanarySettings defaults() {
        return new CanarySettings(1, 200, Duration.ofSeconds(30), Duration.ofMinutes(2));
    }

    /** How many of so many recipients go first. */
    public long size(long recipients) {
        return Math.min(recipients, Math.max(min, (long) Math.ceil(recipients * percent / 100)));
    }
}
