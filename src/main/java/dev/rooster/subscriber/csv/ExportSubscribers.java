package dev.rooster.subscriber.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rooster.db.Database;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.SubscriptionState;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * Writes the people of a newsletter as CSV (RFC 4180), streaming. What it writes can be opened in a spreadsheet without harm
 * and imported again without loss: states, dates of consent and refusal, attributes. Thread-safe.
 */
public final class ExportSubscribers {
    private static final List<String> COLUMNS =
            List.of("email", "name", "language", "status", "status_since", "consent_date", "consent_source");

    private final Database database;

    public ExportSubscribers(Database database) {
        this.database = database;
    }

    /**
     * Writes everyone.
     *
     * @param state only people in this state; null: all
     * @param out is not closed; in UTF-8, a file for spreadsheets should begin with a byte order mark
     * @return how many there were
     */
    public long run(NewsletterId newsletter, SubscriptionState state, Writer out, ImportProgress progress)
            throws IOException {
        JdbiExport export = new JdbiExport(database.jdbi(), newsletter, state);
        long total = export.count();
        SortedSet<String> attributes = export.attributeNames();
        CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
        writer.writeRecord(Stream.concat(COLUMNS.stream(), attributes.stream().map(Columns::headerOf))
                .map(SpreadsheetSafe::escape)
                .toList());
        long[] count = {0};
        export.forEachPage(page -> {
            for (JdbiExport.Exported person : page) {
                writer.writeRecord(record(person, attributes));
            }
            count[0] += page.size();
            progress.at(count[0], total);
        });
        writer.flush();
        out.flush();
        return count[0];
    }

    private static List<String> record(JdbiExport.Exported person, SortedSet<String> attributes) {
        List<String> record = new ArrayList<>(COLUMNS.size() + attributes.size());
        record.add(person.address());
        record.add(person.name());
        record.add(person.language());
        record.add(person.state().text());
        record.add(text(person.since()));
        record.add(text(person.consentAt()));
        record.add(person.consentSource());
        attributes.forEach(name -> record.add(person.attributes().get(name)));
        record.replaceAll(field -> SpreadsheetSafe.escape(Objects.requireNonNullElse(field, "")));
        return record;
    }

    private static String text(Instant instant) {
        return instant == null ? "" : instant.toString();
    }
}
