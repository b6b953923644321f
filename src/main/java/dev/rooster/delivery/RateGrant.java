package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a node was granted of a rate: a piece of the time line on which messages are spread, which no other node gets.
 *
 * @param messages how many; 0: none for now
 * @param startsIn when the first of them may go, counted from the grant; negative: a moment ago
 * @param interval from one message to the next; zero: all at once
 * @param askIn when to ask again if more are wanted, at the earliest
 */
record RateGrant(RateKey key, int messages, Duration startsIn, Duration interval, Duration askIn) {
    /** What may be caught up with after a pause: so much more than the limit can leave in one window. */
    static final Duration BURST = Duration.ofMillis(200);
    /** How far ahead of its time a message may be granted; two nodes then take turns without a gap. */
    static final Duration AHEAD_MAX = Duration.ofSeconds(2);

    private static final Duration ASK_BEFORE = Duration.ofMillis(500);
    private static final Duration ASK_WHEN_FULL = Duration.ofSeconds(20);

    /**
     * Decides what is granted. Pure.
     *
     * @param next when the next message may go, as the shared row says; null: nothing was ever granted
     * @param used messages counted in the window of a limit by the hour or the day
     */
    static RateGrant decide(RateAsk ask, Instant next, ToLongFunction<RateLimit> used, Instant now) {
        long left = ask.wanted();
        for (RateLimit limit : ask.limits()) {
            if (!limit.period().spread()) {
                left = Math.min(left, Math.max(0, limit.messages() - used.applyAsLong(limit)));
            }
        }
        if (left == 0) {
            return new RateGrant(ask.key(), 0, Duration.ZERO, Duration.ZERO, ASK_WHEN_FULL);
        }
        Optional<Duration> interval = interval(ask.limits());
        if (interval.isEmpty()) {
            return new RateGrant(ask.key(), (int) left, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
        Instant earliest = now.minus(BURST);
        Instant start = next == null || next.isBefore(earliest) ? earliest : next;
        Duration ahead = Duration.between(now, start);
        if (ahead.compareTo(AHEAD_MAX) > 0) {
            return new RateGrant(ask.key(), 0, Duration.ZERO, Duration.ZERO, ahead.minus(ASK_BEFORE));
        }
        return new RateGrant(ask.key(), (int) left, ahead, interval.get(), Duration.ZERO);
    }

    /** When the message after this grant's last one may go: what the shared row says from now on. */
    Instant nextAfter(Instant now) {
        return now.plus(startsIn).plus(interval.multipliedBy(messages));
    }

    /** The strictest spreading of these limits; empty: none of them spreads. */
    static Optional<Duration> interval(List<RateLimit> limits) {
        return limits.stream()
                .filter(limit -> limit.period().spread())
                .map(RateLimit::interval)
                .max(Duration::compareTo);
    }
}
