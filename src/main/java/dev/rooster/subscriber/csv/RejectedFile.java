package dev.rooster.subscriber.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rooster.language.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file of rows left out, {@code <input>.rejected.csv} (0600): line, problem, what was found, what is expected, how to mend
 * it, and then the row as it was. Mended there, it can be imported itself: its remarks are ignored. Begun at the first such row,
 * in place only when complete; one left by an earlier run is removed when this run has none. Not thread-safe.
 */
final class RejectedFile implements AutoCloseable {
    private static final String BOM = "\uFEFF";

    private final Path file;
    private final Path unfinished;
    private final Columns columns;
    private final Messages messages;
    private CsvWriter writer;

    RejectedFile(Path input, Columns columns, Messages messages) {
        this.file = input.resolveSibling(input.getFileName() + ".rejected.csv");
        this.unfinished = input.resolveSibling(input.getFileName() + ".rejected.csv.part");
        this.columns = columns;
        this.messages = messages;
    }

    /** @throws FileRefused when it can't: better now than when the first rows are in */
    void checkThatItCanBeWritten() throws FileRefused {
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished);
            Files.delete(unfinished);
        } catch (IOException e) {
            throw new FileRefused(FileProblem.of(FileProblem.Kind.REJECTED_FILE, 0, file.toString(), e.toString()));
        }
    }

    void add(long line, List<String> fields, RowProblem problem) throws IOException {
        if (writer == null) {
            open();
        }
        List<String> row = new ArrayList<>(fields.size() + 5);
        row.add(String.valueOf(line));
        row.add(problem.text(messages));
        row.add(SpreadsheetSafe.escape(problem.found()));
        row.add(problem.expected(messages));
        row.add(problem.mend(messages));
        fields.forEach(field -> row.add(SpreadsheetSafe.escape(SpreadsheetSafe.unescape(field))));
        writer.writeRecord(row);
    }

    private void open() throws IOException {
        if (Files.getFileStore(unfinished.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        var out = Files.newBufferedWriter(
                unfinished,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        out.write(BOM);
        writer = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
        List<String> header = new ArrayList<>();
        for (String remark : List.of("line", "problem", "found", "expected", "mend")) {
            header.add(Columns.REMARK_PREFIX + messages.text("rejected." + remark));
        }
        if (columns.header().isEmpty()) {
            header.add("email");
        } else {
            columns.header().forEach(name -> header.add(SpreadsheetSafe.escape(name)));
        }
        writer.writeRecord(header);
    }

    /** Puts the file in place; empty when no row was left out. */
    Optional<Path> finish() throws IOException {
        if (writer == null) {
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        writer.close();
        writer = null;
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(file);
    }

    /** Ends an import that did not come to its end: what was written stays beside the file, complete as far as it goes. */
    @Override
    public void close() throws IOException {
        if (writer != null) {
            finish();
        }
    }
}
