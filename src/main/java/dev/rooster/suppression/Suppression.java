package dev.rooster.suppression;

import java.time.Instant;

/**
 * One address that must not be mailed.
 *
 * @param addressHash keyed hash of the canonical address, 32 hex digits
 * @param since when the reason arose
 * @param source where it came from, for people: a page, a command, a file and line; no address in it
 * @param address as the person writes it; null once erased
 */
public record Suppression(
        String addressHash,
        SuppressionScope scope,
        SuppressionReason reason,
        Instant since,
        String source,
        String address) {}
