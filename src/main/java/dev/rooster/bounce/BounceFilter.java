package dev.rooster.bounce;

import dev.rooster.mail.dsn.Category;

/**
 * Which records to list; null: any.
 *
 * @param issue id of the issue
 * @param address a whole address, or a domain
 */
public record BounceFilter(Long issue, String address, BounceKind kind, Category category) {
    public static BounceFilter all() {
        return new BounceFilter(null, null, null, null);
    }
}
