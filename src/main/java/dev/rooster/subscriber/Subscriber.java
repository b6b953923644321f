package dev.rooster.subscriber;

import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import java.time.Instant;
import java.util.Map;

/**
 * A person.
 *
 * @param publicId named in tokens; the first 64 bits of {@code addressHash}
 * @param addressHash keyed hash of the address, 32 hex digits: what suppression is matched by
 * @param name as given; null when unknown
 * @param language what the person reads; null: as the newsletter
 * @param attributes free values by name, for templates; never null
 */
public record Subscriber(
        SubscriberId id,
        long publicId,
        EmailAddress address,
        String addressHash,
        String name,
        Language language,
        Map<String, String> attributes,
        Instant createdAt) {}
