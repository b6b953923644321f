package dev.rooster.subscriber.csv;

import dev.rooster.subscriber.SubscriptionState;
import java.time.Instant;

/**
 * What the database knows of a person at the start of a batch.
 *
 * @param addressKey canonical
 * @param state null: no subscription to this newsletter
 * @param since when the state began; null without one
 */
record KnownPerson(
        long id,
        String addressKey,
        String name,
        String language,
        String attributes,
        SubscriptionState state,
        Instant since) {}
