package dev.rooster.subscriber;

import java.time.Duration;
import java.util.Optional;

/**
 * How long people are kept who get nothing any more.
 *
 * @param unsubscribed so long after a person left the last newsletter only the keyed hash of the address is kept, 14 to 3,650
 *     days; empty: nobody is erased by time. Not less than 14 days: for so long the person is owed the result of the refusal
 *     (Network Act of Korea §50(7))
 */
public record RetentionSettings(Optional<Duration> unsubscribed) {
    public static final Duration UNSUBSCRIBED_MIN = Duration.ofDays(14);
    private static final Duration MAX = Duration.ofDays(3_650);

    public RetentionSettings {
        if (unsubscribed
                .filter(time -> time.compareTo(UNSUBSCRIBED_MIN) < 0 || time.compareTo(MAX) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("who unsubscribed is kept for 14 to 3,650 days");
        }
    }

    public static RetentionSettings defaults() {
        return new RetentionSettings(Optional.empty());
    }
}
