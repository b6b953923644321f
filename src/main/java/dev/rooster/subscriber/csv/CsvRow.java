package dev.rooster.subscriber.csv;

import java.util.List;

/** A record of the file. */
sealed interface CsvRow {
    /** Where it begins, from 1. */
    long line();

    record Fields(long line, List<String> fields) implements CsvRow {}

    /**
     * A quote is opened and not closed, or followed by text; reading went on at the next line.
     *
     * @param text of the line it begins in, cut where it is long
     */
    record Broken(long line, String text) implements CsvRow {}
}
