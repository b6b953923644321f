package dev.rooster.subscriber.csv;

import dev.rooster.db.Database;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.token.AddressHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Imports people from a CSV file of any size into one newsletter, streaming, in transactions of {@value
 * JdbiImportBatch#ROWS_MAX} rows. Interrupted, it has taken the rows of the transactions that were committed; run again, it
 * takes the rest. Thread-safe; one file should not be imported twice at once, for both would write the file of rejected rows.
 */
public final class ImportSubscribers {
    private final Database database;
    private final AddressHash hashes;
    private final RefusalLog log;
    private final InstantSource clock;

    public ImportSubscribers(Database database, AddressHash hashes, RefusalLog log, InstantSource clock) {
        this.database = database;
        this.hashes = hashes;
        this.log = log;
        this.clock = clock;
    }

    /**
     * @param messages of this package, in the operator's language
     * @throws FileRefused when the file as a whole can't be read as a list of people; nothing was written then
     */
    public ImportSummary run(
            Path file, NewsletterId newsletter, ImportOptions options, Messages messages, ImportProgress progress)
            throws FileRefused, IOException {
        CsvInspection inspection = CsvInspection.of(file);
        Instant now = clock.instant();
        Run run = new Run(inspection, newsletter, options, messages, progress, now);
        run.rejected.checkThatItCanBeWritten();
        try (CsvRows rows = new CsvRows(inspection.format());
                RejectedFile rejected = run.rejected) {
            run.all(rows);
            return run.summary(rejected.finish());
        }
    }

    /** One file on its way in. */
    private final class Run {
        private final CsvInspection inspection;
        private final ImportOptions options;
        private final ImportProgress progress;
        private final ReadRow reader;
        private final JdbiImportBatch batches;
        private final RejectedFile rejected;
        private final SeenLines seen = new SeenLines();
        private final ImportCounts counts = new ImportCounts();
        private final List<ImportRow.Person> batch = new ArrayList<>(JdbiImportBatch.ROWS_MAX);

        Run(
                CsvInspection inspection,
                NewsletterId newsletter,
                ImportOptions options,
                Messages messages,
                ImportProgress progress,
                Instant now) {
            this.inspection = inspection;
            this.options = options;
            this.progress = progress;
            Path file = inspection.format().file();
            reader = new ReadRow(inspection.columns(), hashes, options.otherwise(), options.zone(), now);
            batches = new JdbiImportBatch(
                    database, newsletter, log, file.getFileName().toString(), now);
            rejected = new RejectedFile(file, inspection.columns(), messages);
        }

        void all(CsvRows rows) throws IOException {
            for (CsvRow row = rows.next(); row != null; row = rows.next()) {
                if (row.line() <= inspection.lastHeaderLine()) {
                    continue;
                }
                counts.rows++;
                take(reader.read(row));
                if (batch.size() == JdbiImportBatch.ROWS_MAX) {
                    flush();
                }
            }
            flush();
        }

        private void take(ImportRow row) throws IOException {
            if (row instanceof ImportRow.Person person) {
                int first = seen.putIfAbsent(person.publicId(), (int) person.line());
                if (first == 0) {
                    batch.add(person);
                } else {
                    takeAgain(person, first);
                }
            } else if (row instanceof ImportRow.Rejected bad) {
                leaveOut(bad.line(), bad.fields(), bad.problem());
            }
        }

        /** A person named twice: the first row counts, but a refusal counts wherever it stands. */
        private void takeAgain(ImportRow.Person person, int first) throws IOException {
            if (person.wanted().refused()) {
                flush();
                batches.apply(List.of(person), options.dryRun());
            }
            leaveOut(
                    person.line(),
                    person.fields(),
                    RowProblem.of(
                            RowProblem.Kind.DUPLICATE, person.who().address().text(), String.valueOf(first)));
        }

        private void flush() throws IOException {
            if (!batch.isEmpty()) {
                List<DecideRow.Decision> decisions = batches.apply(batch, options.dryRun());
                for (int i = 0; i < decisions.size(); i++) {
                    DecideRow.Decision decision = decisions.get(i);
                    if (decision.change() == null) {
                        leaveOut(batch.get(i).line(), batch.get(i).fields(), decision.problem());
                    } else {
                        counts.add(decision.change());
                    }
                }
                batch.clear();
            }
            progress.at(counts.rows, inspection.rows());
        }

        private void leaveOut(long line, List<String> fields, RowProblem problem) throws IOException {
            counts.reject(problem);
            rejected.add(line, fields, problem);
        }

        ImportSummary summary(Optional<Path> rejectedFile) {
            return new ImportSummary(
                    inspection.format().file(),
                    options.dryRun(),
                    inspection.format().charset().name().equals("x-windows-949")
                            ? "CP949"
                            : inspection.format().charset().name(),
                    counts.rows,
                    counts.added,
                    counts.updated,
                    counts.unchanged,
                    counts.unsubscribed,
                    counts.duplicates,
                    counts.refused,
                    counts.bad,
                    rejectedFile,
                    ImportSummary.meanings(inspection.columns()),
                    inspection.columns().ignored());
        }
    }
}
