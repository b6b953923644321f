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
import java.util.List;
import java.util.Optional;

/**
 * Imports people from a CSV file into one newsletter, streaming, in windows of {@value ImportWindow#ROWS_MAX} rows and
 * transactions of {@value JdbiImportBatch#ROWS_MAX}. What grows with the file is 24 bytes a row, or twice that, to know who was
 * named before. Interrupted, it has taken the rows of the transactions that were committed; run again, it
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
                RejectedFile rejected = run.rejected;
                run.writer) {
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
        private final WriteWindow writer;
        private final RejectedFile rejected;
        private final SeenLines seen = new SeenLines();
        private final ImportCounts counts = new ImportCounts();
        private ImportWindow window = new ImportWindow();
        private ImportWindow other = new ImportWindow();

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
            reader = reader(now);
            batches = new JdbiImportBatch(
                    database, newsletter, log, file.getFileName().toString(), now);
            writer = new WriteWindow(batches, reader(now), options.dryRun(), progress, inspection.rows());
            rejected = new RejectedFile(file, inspection.columns(), messages);
        }

        private ReadRow reader(Instant now) {
            return new ReadRow(inspection.columns(), hashes, options.otherwise(), options.zone(), now);
        }

        void all(CsvRows rows) throws IOException {
            for (CsvRow row = rows.next(); row != null; row = rows.next()) {
                if (row.line() <= inspection.lastHeaderLine()) {
                    continue;
                }
                counts.rows++;
                take(reader.read(row));
                if (window.isFull()) {
                    handOver();
                }
            }
            flush();
            progress.at(counts.rows, inspection.rows());
        }

        private void take(ImportRow row) throws IOException {
            if (row instanceof ImportRow.Person person) {
                int first = seen.putIfAbsent(person.publicId(), (int) person.line());
                if (first == 0) {
                    window.add(person);
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

        /** Has the window written while the next one is read. */
        private void handOver() throws IOException {
            settle();
            writer.begin(window, counts.rows);
            ImportWindow written = window;
            window = other;
            other = written;
            window.clear();
        }

        /** Waits until all that was read so far is written. */
        private void flush() throws IOException {
            if (!window.isEmpty()) {
                handOver();
            }
            settle();
        }

        /** Waits for the window that was handed over, and takes down what became of its rows. */
        private void settle() throws IOException {
            Optional<WriteWindow.Written> written = writer.await();
            if (written.isPresent()) {
                written.get().changes().forEach(counts::add);
                ImportWindow rows = written.get().window();
                for (int i = 0; i < rows.size(); i++) {
                    if (rows.leftOut(i) != null) {
                        CsvRow.Fields row = rows.fields(i);
                        leaveOut(row.line(), row.fields(), rows.leftOut(i));
                    }
                }
            }
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
