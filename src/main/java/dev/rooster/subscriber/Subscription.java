package dev.rooster.subscriber;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;

/**
 * One person's standing to one newsletter.
 *
 * @param since when the state began
 * @param source what brought it about: a {@link ConsentMethod} text, or what a bounce was read from
 */
public record Subscription(
        NewsletterId newsletter, SubscriberId subscriber, SubscriptionState state, Instant since, String source) {}
