package dev.rooster.report;

import java.time.Instant;

/**
 * Who got an issue first.
 *
 * @param first so many
 * @param restFrom when the rest began to follow; null: it waits for the first ones' answers
 * @param restUntil until when the rest is spread; null exactly if {@code restFrom} is
 */
public record CanaryReport(long first, Instant restFrom, Instant restUntil) {}
