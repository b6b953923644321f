package dev.rooster.delivery;

import java.time.Instant;
import java.util.List;

/**
 * What a claim brought.
 *
 * @param rows rows this node now holds, whose recipients may be mailed at this moment
 * @param skipped rows that were settled as skipped in the same commit: unsubscribed, suppressed or erased meanwhile
 * @param cursor rows up to this seq were looked at for first tries; to be given to the next claim
 * @param freshLeft false when no row beyond the cursor waits for its first try
 * @param nextDue when the next row with a time of its own is due; null: none
 */
public record Claim(List<ClaimedDelivery> rows, int skipped, long cursor, boolean freshLeft, Instant nextDue) {}
