package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a refused delivery is tried again: doubling waits with jitter, the relay's own hint before anything else, and one
 * last try shortly before the edition's time runs out. Pure.
 */
final class RetrySchedule {
    /** The last try is made this long before the edition expires, so that its answer still counts. */
    static final Duration BEFORE_EXPIRY = Duration.ofMinutes(2);

    private static final Duration HINT_MIN = Duration.ofMinutes(1);

    private final Duration first;
    private final Duration max;

    RetrySchedule(DeliverySettings settings) {
        this.first = settings.retryFirst();
        this.max = settings.retryMax();
    }

    /**
     * The instant of the next try, or empty when the edition's time does not allow one.
     *
     * @param attempts tries so far, the one just refused included, at least 1
     * @param hint "try again in …" as the relay said it
     */
    Optional<Instant> next(
            Instant now, int attempts, Optional<Duration> hint, Instant expiresAt, RandomGenerator random) {
        Duration wait = hint.map(this::bounded).orElseGet(() -> doubled(attempts));
        // up to a quarter later, never earlier: greylists and hints count from the refusal
        Instant at = now.plus(wait).plusMillis((long) (wait.toMillis() * random.nextDouble() / 4));
        Instant last = expiresAt.minus(BEFORE_EXPIRY);
        if (at.isAfter(last)) {
            at = last;
        }
        return at.isBefore(now.plus(hint.isPresent() ? HINT_MIN : first)) ? Optional.empty() : Optional.of(at);
    }

    private Duration bounded(Duration hint) {
        return hint.compareTo(HINT_MIN) < 0 ? HINT_MIN : hint.compareTo(max) > 0 ? max : hint;
    }

    private Duration doubled(int attempts) {
        Duration wait = first;
        for (int i = 1; i < attempts && wait.compareTo(max) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(max) > 0 ? max : wait;
    }
}
