package dev.rooster.subscriber.csv;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an import did, or with {@code dryRun} would do. Every row of the file is in exactly one of the counts.
 *
 * @param charset how the file is encoded
 * @param rows records in the file, without the header
 * @param added new people, or people new to this newsletter
 * @param updated people who were there, with a newer name, language, attribute or confirmation
 * @param unchanged people who were there just so
 * @param unsubscribed people whom the file names as unsubscribed, bounced, complained or blocked, and who were not here
 * @param duplicates rows that name a person again
 * @param refused rows left out because the person said no or may not be mailed
 * @param bad rows that could not be understood
 * @param rejectedFile where the rows left out are, with reasons; empty when there are none
 * @param columns what was read as what, by the header's names
 * @param ignored columns not taken over
 */
public record ImportSummary(
        Path file,
        boolean dryRun,
        String charset,
        long rows,
        long added,
        long updated,
        long unchanged,
        long unsubscribed,
        long duplicates,
        long refused,
        long bad,
        Optional<Path> rejectedFile,
        Map<String, String> columns,
        List<String> ignored) {

    /** Rows that were left out. */
    public long rejected() {
        return duplicates + refused + bad;
    }

    static Map<String, String> meanings(Columns columns) {
        Map<String, String> meanings = new TreeMap<>();
        columns.known()
                .forEach((column, positions) -> positions.forEach(position -> {
                    if (position < columns.header().size()) {
                        meanings.put(columns.header().get(position), column.key());
                    }
                }));
        columns.attributes()
                .forEach((position, attribute) ->
                        meanings.put(columns.header().get(position), Columns.ATTRIBUTE_PREFIX + attribute));
        return meanings;
    }
}
