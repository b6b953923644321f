package dev.rooster.report;

import java.time.Instant;

/**
 * What one mailbox provider of an edition puts off.
 *
 * @param recipients deliveries of the edition there
 * @param answered those of them that were taken or refused for good, since the counting of answers began
 * @param deferred those that were put off first so long ago, and are still
 * @param nextTry when the first of those is tried again; null when there are none
 */
record ProviderDeferrals(String provider, long recipients, long answered, long deferred, Instant nextTry) {}
