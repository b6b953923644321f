package dev.rooster.bounce;

import java.time.Instant;

/**
 * One issue at one subscriber.
 *
 * @param at when its sending began
 * @param soft whether it came back softly
 * @param arrived whether there is proof that it reached a mailbox
 */
record PastIssue(long edition, Instant at, boolean soft, boolean arrived) {}
