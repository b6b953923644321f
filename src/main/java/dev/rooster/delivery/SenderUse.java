package dev.rooster.delivery;

import java.util.List;

/**
 * How one newsletter is sent.
 *
 * @param rate at most so much of it, over all relays; empty: no limit
 */
public record SenderUse(List<RateLimit> rate) {}
