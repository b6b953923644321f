package dev.rooster.delivery;

import java.util.List;

/**
 * How one newsletter is sent.
 *
 * @param relays that carry it, at least one; those that are used before the others come first
 * @param rate at most so much of it, over all relays; empty: no limit
 * @param warmUp null: none
 * @param quiet nothing of it leaves then, in its zone; null: never
 */
public record SenderUse(List<String> relays, List<RateLimit> rate, WarmUp warmUp, QuietHours quiet) {}
