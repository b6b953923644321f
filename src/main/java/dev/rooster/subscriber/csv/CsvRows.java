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

    private static final int LINE_CHARS_SHOWN = 300;

    private final CsvFormat format;
    private CloseableIterator<CsvRecord> records;
    private long linesSkipped;
    private long nextLine = 1;
    private int broken;

    CsvRows(CsvFormat format) throws IOException {
        this.format = format;
        open(0);
    }

    /** @return the text of the last line skipped */
    private String open(long skipLines) throws IOException {
        Reader reader = format.open();
        String last = skip(reader, skipLines);
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
        return last;
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
        return new CsvRow.Broken(line, open(line));
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

    /** Skips lines; the last one's text, cut where it is long. */
    private static String skip(Reader reader, long lines) throws IOException {
        StringBuilder text = new StringBuilder();
        long left = lines;
        while (left > 0) {
            int c = reader.read();
            if (c < 0) {
                break;
            }
            if (c == '\r' || c == '\n') {
                if (c == '\r') {
                    reader.mark(1);
                    if (reader.read() != '\n') {
                        reader.reset();
                    }
                }
                left--;
            } else if (left == 1 && text.length() < LINE_CHARS_SHOWN) {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
