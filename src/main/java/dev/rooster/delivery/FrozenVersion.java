package dev.rooster.delivery;

import java.time.Instant;

/**
 * A version of an edition, without what is sent.
 *
 * @param releasedAt the Date of every copy of it
 * @param changes what it says otherwise than the one before it, as {@code IssueDifference} keeps it; null for the first
 */
public record FrozenVersion(int version, String subject, Instant releasedAt, String changes) {}
