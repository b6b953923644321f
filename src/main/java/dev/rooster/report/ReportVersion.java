package dev.rooster.report;

import java.time.Instant;

/**
 * One version of what was sent.
 *
 * @param released the Date of every copy of it
 * @param changes what it says otherwise than the one before it, as {@code IssueDifference} keeps it; null for the first
 * @param recipients ledger rows that have this version, or will get it as things stand
 * @param accepted those of them that the relay took
 */
public record ReportVersion(
        int version, String subject, Instant released, String changes, long recipients, long accepted) {}
