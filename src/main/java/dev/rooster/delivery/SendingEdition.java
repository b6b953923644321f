package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import java.time.Duration;
import java.time.Instant;

/**
 * An edition that may be sent now, as the dispatcher needs to know it.
 *
 * @param recipients rows in the ledger; their seqs are 1 … recipients
 * @param pace the first tries are spread over this long; zero: as fast as the relay goes
 */
public record SendingEdition(
        EditionId id, NewsletterId newsletter, long publicId, long recipients, Duration pace, Instant expiresAt) {}
