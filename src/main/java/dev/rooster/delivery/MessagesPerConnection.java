package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * How many messages a relay takes on one connection, learned from where it ends them: then we can say QUIT before it has to
 * hang up. Only a relay's small print, so it is believed for a day and forgotten as soon as a connection ends earlier. Belongs to
 * one thread.
 */
final class MessagesPerConnection {
    /** Below this, a wrong guess would cost more than being sent away does. */
    private static final int LEARNED_FROM = 10;

    private static final Duration BELIEVED_FOR = Duration.ofDays(1);

    private int seen;
    private Instant seenAt = Instant.MIN;
    private int limit = Integer.MAX_VALUE;
    private Instant learnedAt = Instant.MIN;

    /**
     * The relay ended a connection.
     *
     * @param begun messages that were begun on it, at least 1
     * @param since when it was opened
     */
    void ended(int begun, Instant since, Instant now) {
        if (begun < max(now)) {
            limit = Integer.MAX_VALUE;
        }
        if (since.isBefore(seenAt)) {
            return; // opened before the last one ended: all that a restart ends at once look alike
        }
        if (begun >= LEARNED_FROM && Math.abs(begun - seen) <= Math.max(1, seen / 20)) {
            limit = Math.min(begun, seen);
            learnedAt = now;
        }
        seen = begun;
        seenAt = now;
    }

    /** How many messages may be begun on one connection. */
    int max(Instant now) {
        return now.isBefore(learnedAt.plus(BELIEVED_FOR)) ? limit : Integer.MAX_VALUE;
    }
}
