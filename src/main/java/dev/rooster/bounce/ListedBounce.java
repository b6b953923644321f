package dev.rooster.bounce;

import java.time.Instant;

/**
 * A record as it is listed and exported; words as in the table, null where nothing is known.
 *
 * @param provider the reader's mailbox provider, as the ledger calls it
 */
public record ListedBounce(
        long id,
        Instant receivedAt,
        String source,
        String kind,
        Long issue,
        String newsletter,
        String provider,
        String address,
        String status,
        Integer replyCode,
        String category,
        String verdict,
        String diagnostic,
        String matchedBy,
        String why,
        String acted) {}
