package dev.rooster.subscriber.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * The records of a file (RFC 4180), blank ones left out. A record with a broken quote costs itself only: reading goes on at
 * the line after the one it began in, where the library alone would stop. Not thread-safe.
 */
final class CsvRows implements AutoCloseable {
    /** A file with more broken records than this is no CSV: each costs another run through the lines before it. */
    static final int BROKEN_MAX = 100;

    /** Longest record, in characters. A quote that is never closed is noticed after so much. */
    private static final int RECORD_CHARS_MAX = 1 << 20;

    private final CsvFormat format;
    private CloseableIterator<CsvRecord> records;
    private long linesSkipped;
    private long nextLine = 1;
    private int broken;

    CsvRows(CsvFormat format) throws IOException {
        this.format = format;
        open(0);
    }

    private void open(long skipLines) throws IOException {
        Reader reader = format.open();
        skip(reader, skipLines);
        linesSkipped = skipLines;
        nextLine = skipLines + 1;
        records = CsvReader.builder()
                .fieldSeparator(format.separator())
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(RECORD_CHARS_MAX)
                .ofCsvRecord(reader)
                .iterator();
    }

    /** The next record; null at the end. */
    CsvRow next() throws IOException {
        while (true) {
            CsvRecord record;
            try {
                if (!records.hasNext()) {
                    return null;
                }
                record = records.next();
            } catch (CsvParseException e) {
                return goOnAfter(nextLine);
            }
            long line = linesSkipped + record.getStartingLineNumber();
            List<String> fields = record.getFields();
            nextLine = line + 1 + newlines(fields);
            if (!isBlank(fields)) {
                return new CsvRow.Fields(line, fields);
            }
        }
    }

    private CsvRow goOnAfter(long line) throws IOException {
        records.close();
        broken++;
        open(line);
        return new CsvRow.Broken(line);
    }

    boolean isHopeless() {
        return broken > BROKEN_MAX;
    }

    private static boolean isBlank(List<String> fields) {
        for (String field : fields) {
            if (!field.isBlank()) {
                return false;
            }
        }
        return true;
    }

    /** How many line ends lie within the record: CR, LF, or both together. */
    private static long newlines(List<String> fields) {
        long count = 0;
        for (String field : fields) {
            for (int i = 0; i < field.length(); i++) {
                char c = field.charAt(i);
                if (c == '\n' || c == '\r' && (i + 1 == field.length() || field.charAt(i + 1) != '\n')) {
                    count++;
                }
            }
        }
        return count;
    }

    private static void skip(Reader reader, long lines) throws IOException {
        long left = lines;
        while (left > 0) {
            int c = reader.read();
            if (c < 0) {
                return;
            }
            if (c == '\r') {
                reader.mark(1);
                if (reader.read() != '\n') {
                    reader.reset();
                }
                left--;
            } else if (c == '\n') {
                left--;
            }
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
