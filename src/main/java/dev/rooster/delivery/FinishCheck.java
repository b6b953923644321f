package dev.rooster.delivery;

import java.time.Instant;

/** The answer to "is this edition finished?". */
public sealed interface FinishCheck {
    /** Every row is final, the sums agree, and the edition is finished from this commit on. */
    record Finished() implements FinishCheck {}

    /**
     * Rows are left.
     *
     * @param queued rows without a time of their own, which a claim from the start will find
     * @param held rows that nodes hold
     * @param nextDue the first time of a row that waits for one; null: none does
     */
    record Unfinished(long queued, long held, Instant nextDue) implements FinishCheck {}

    /** The edition is not being sent (any more). */
    record NotSending() implements FinishCheck {}

    /** A bug or a changed database: nothing is finished, the edition is paused. */
    record SumsDisagree(String sums) implements FinishCheck {}
}
