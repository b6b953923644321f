package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import java.util.Map;

/**
 * An edition that may be sent now, as the dispatcher needs to know it.
 *
 * @param recipients rows in the ledger; their seqs are 1 … recipients
 * @param pace when first tries may leave
 * @param providers the mailbox providers it goes to, and whether each is paused; empty: not known
 */
public record SendingEdition(
        EditionId id,
        NewsletterId newsletter,
        long publicId,
        long recipients,
        Pace pace,
        Instant expiresAt,
        Map<String, Boolean> providers) {

    boolean paused(String provider) {
        return providers.getOrDefault(provider, false);
    }

    /** True when a refusal by the only provider can't be told from one by the relay. */
    boolean oneProvider() {
        return providers.size() <= 1;
    }
}
