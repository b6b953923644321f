package dev.rooster.bounce;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rooster.subscriber.csv.SpreadsheetSafe;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Writes records as CSV (RFC 4180), streaming. The words of a refusal are a stranger's: what a spreadsheet would take for a
 * formula is made harmless.
 */
public final class WriteBounces {
    private static final List<String> COLUMNS = List.of(
            "id",
            "received_at",
            "source",
            "kind",
            "issue",
            "newsletter",
            "provider",
            "address",
            "status",
            "reply_code",
            "category",
            "verdict",
            "acted",
            "matched_by",
            "why",
            "diagnostic");

    private final JdbiBounces bounces = new JdbiBounces();

    /**
     * Writes those that a filter lets through, newest first.
     *
     * @param handle in a transaction
     * @param out is not closed; in UTF-8, a file for spreadsheets should begin with a byte order mark
     */
    public void write(Handle handle, BounceFilter filter, int limit, Writer out) throws IOException {
        CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
        writer.writeRecord(COLUMNS);
        bounces.forEach(handle, filter, limit, bounce -> writer.writeRecord(record(bounce)));
        writer.flush();
        out.flush();
    }

    private static List<String> record(ListedBounce bounce) {
        Object[] fields = {
            bounce.id(),
            bounce.receivedAt(),
            bounce.source(),
            bounce.kind(),
            bounce.issue(),
            bounce.newsletter(),
            bounce.provider(),
            bounce.address(),
            bounce.status(),
            bounce.replyCode(),
            bounce.category(),
            bounce.verdict(),
            bounce.acted(),
            bounce.matchedBy(),
            bounce.why(),
            bounce.diagnostic()
        };
        return Arrays.stream(fields)
                .map(field -> field == null ? "" : SpreadsheetSafe.escape(field.toString()))
                .toList();
    }
}
