package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * When first tries may leave: the canary at once, the rest evenly between two instants, in the order of their seqs. It follows
 * from an edition's row alone, so a restart changes nothing and nodes agree without speaking. What should have left while nobody
 * was sending leaves at once; a pause moves both instants by its length.
 *
 * @param recipients rows of the edition; their seqs are 1 … recipients
 * @param canary rows up to this seq go first
 * @param restFrom when the rest begins; null: the canary has not passed
 * @param restUntil when the last one may leave; null exactly if {@code restFrom} is
 */
public record Pace(long recipients, long canary, Instant restFrom, Instant restUntil) {
    /** As fast as the relay goes. */
    static final Pace NONE = new Pace(0, Long.MAX_VALUE, null, null);

    /** True while the rest waits for the canary. */
    boolean waitsForCanary() {
        return canary < recipients && restFrom == null;
    }

    /** When the first try of a row may leave; null: not before the canary has passed. */
    Instant releaseOf(long seq) {
        if (seq <= canary) {
            return Instant.MIN;
        }
        if (restFrom == null) {
            return null;
        }
        long rest = Math.max(1, recipients - canary);
        double share = (double) (seq - canary - 1) / rest;
        return restFrom.plusMillis((long) (Duration.between(restFrom, restUntil).toMillis() * share));
    }

    boolean releases(long seq, Instant now) {
        Instant at = releaseOf(seq);
        return at != null && !at.isAfter(now);
    }

    /** What is left of the pace when the canary has passed: it ends when it would have, but is never less than half of it. */
    static Pace afterCanary(long recipients, long canary, Instant readyAt, Duration pace, Instant restFrom) {
        Instant end = readyAt.plus(pace);
        Instant soonest = restFrom.plus(pace.dividedBy(2));
        return new Pace(recipients, canary, restFrom, end.isBefore(soonest) ? soonest : end);
    }
}
