package dev.rooster.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A daily limit that grows from day to day: for a sender or a relay that providers don't know yet. Counted in any 24 hours.
 *
 * @param from its first day (UTC); before it nothing is limited by it
 * @param first messages on that day, at least 1
 * @param factor each day's limit is the day before times this, more than 1, at most 10
 */
public record WarmUp(LocalDate from, long first, double factor) {
    public WarmUp {
        if (first < 1 || first > RateLimit.MESSAGES_MAX || !(factor > 1 && factor <= 10)) {
            throw new IllegalArgumentException(
                    "a warm-up begins with 1 message or more and grows by more than 1, up to 10");
        }
    }

    /** The limit of a moment; null: none. It ends when it has grown beyond all limits. */
    RateLimit limit(Instant now) {
        long days = ChronoUnit.DAYS.between(from, now.atZone(ZoneOffset.UTC).toLocalDate());
        double messages = Math.floor(first * Math.pow(factor, days));
        return days < 0 || messages > RateLimit.MESSAGES_MAX
                ? null
                : new RateLimit((long) messages, RateLimit.Period.DAY);
    }
}
