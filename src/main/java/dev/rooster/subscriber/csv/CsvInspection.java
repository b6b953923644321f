package dev.rooster.subscriber.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a first run through a file found out, before anything is written.
 *
 * @param rows records after the header, broken ones included
 * @param lastHeaderLine rows up to this line are no data
 */
record CsvInspection(CsvFormat format, Columns columns, long rows, long lastHeaderLine) {

    /** @throws FileRefused when the file can't be imported as it is */
    static CsvInspection of(Path file) throws FileRefused, IOException {
        CsvFormat format = withSeparator(FileEncoding.detect(file));
        try (CsvRows rows = new CsvRows(format)) {
            CsvRow first = rows.next();
            if (first instanceof CsvRow.Fields mark && isSeparatorMark(mark)) {
                first = rows.next();
            }
            if (first == null) {
                throw new FileRefused(FileProblem.of(
                        FileProblem.Kind.EMPTY, 0, file.getFileName().toString()));
            }
            if (!(first instanceof CsvRow.Fields header)) {
                throw new FileRefused(FileProblem.of(FileProblem.Kind.BROKEN_QUOTES, first.line(), "\""));
            }
            Columns columns = Columns.of(header);
            long count = columns.headerLine() == 0 ? 1 : 0;
            for (CsvRow row = rows.next(); row != null; row = rows.next()) {
                count++;
                if (rows.isHopeless()) {
                    throw new FileRefused(FileProblem.of(
                            FileProblem.Kind.BROKEN_QUOTES, row.line(), String.valueOf(CsvRows.BROKEN_MAX)));
                }
            }
            return new CsvInspection(format, columns, count, lastHeaderLine(columns, header));
        }
    }

    private static long lastHeaderLine(Columns columns, CsvRow.Fields header) {
        return columns.headerLine() == 0 ? header.line() - 1 : header.line();
    }

    /** {@code sep=;}, a line that Excel writes and reads. */
    private static boolean isSeparatorMark(CsvRow.Fields row) {
        return row.fields().get(0).matches("(?i)sep=.?");
    }

    /** The character among comma, semicolon and tab that the first line holds most of. */
    private static CsvFormat withSeparator(CsvFormat format) throws IOException {
        try (BufferedReader reader = new BufferedReader(format.open())) {
            String line = reader.readLine();
            while (line != null && line.isBlank()) {
                line = reader.readLine();
            }
            char best = ',';
            for (char candidate : new char[] {',', ';', '\t'}) {
                if (line != null && count(line, candidate) > count(line, best)) {
                    best = candidate;
                }
            }
            return format.withSeparator(best);
        }
    }

    private static long count(String line, char wanted) {
        return line.chars().filter(c -> c == wanted).count();
    }
}
