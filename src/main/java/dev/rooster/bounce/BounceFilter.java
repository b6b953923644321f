package dev.rooster.bounce;

import dev.rooster.mail.dsn.Category;

/**
 * Which records to list; null: any.
 *
 * @param issue id of the issue
 * @param address a whole address, or a domain
 * @param provider mailbox provider of the reader, as the ledger calls it: gmail, naver …
 */
public record BounceFilter(Long issue, String address, String provider, BounceKind kind, Category category) {
    public static BounceFilter all() {
        return new BounceFilter(null, null, null, null, null);
    }
}
