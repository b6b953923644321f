package dev.rooster.delivery;

import dev.rooster.mail.EmailAddress;

/**
 * Whom a claimed delivery goes to, as the person's row was when it was claimed.
 *
 * @param subscriberId the row's id
 * @param publicId what tokens name the person by
 * @param addressHash keyed hash of the address, what suppression is matched by
 * @param name null when unknown
 * @param language a tag, or null
 * @param attributes a JSON object of strings
 */
public record Recipient(
        long subscriberId,
        long publicId,
        EmailAddress address,
        String addressHash,
        String name,
        String language,
        String attributes) {}
