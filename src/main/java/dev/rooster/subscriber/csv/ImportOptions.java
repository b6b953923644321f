package dev.rooster.subscriber.csv;

import java.time.ZoneId;

/**
 * How a file is to be imported.
 *
 * @param otherwise the standing of rows that do not tell; {@code PENDING} also holds back those the file calls active
 * @param zone where dates without a time zone are meant: the newsletter's
 * @param dryRun find out what would happen, write only the file of rejected rows
 */
public record ImportOptions(Wanted otherwise, ZoneId zone, boolean dryRun) {}
