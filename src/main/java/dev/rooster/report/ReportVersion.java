package dev.rooster.report;

import java.time.Instant;

/**
 * One version of what was sent.
 *
 * @param released the Date of every copy of it
 * @param recipients ledger rows with this version
 */
public record ReportVersion(int version, String subject, Instant released, long recipients) {}
