package dev.rooster.suppression;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only file {@code data/refusals.log} (0600): who refused, by hash, so that a restored older database can be told
 * what it does not know.
 *
 * <p>A line is written and forced to disk before the refusal's transaction commits: if that commit then fails, a restore
 * honours a refusal that was at least tried. Lines that lift a refusal are written after their commit, for the same reason.
 * It holds no address. Thread-safe; several processes may append, since a line is one write at the file's end.
 */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final Path file;

    /** @param dataDir the installation's {@code data} folder */
    public RefusalLog(Path dataDir) {
        this.file = dataDir.resolve("refusals.log");
    }

    public Path file() {
        return file;
    }

    /**
     * Appends entries. A failure to write is logged and does not stop the refusal, which is in force through the database;
     * what is lost is only that a restore of an older backup would not know it.
     */
    public synchronized void append(List<RefusalEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(entry.line()).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel = FileChannel.open(file, APPEND, permissions())) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            LOG.error(
                    "Could not write {} refusal(s) to {}: {}. They are in force; a restore of an older backup would lose"
                            + " them. Mend the disk, then make a new backup.",
                    entries.size(),
                    file,
                    e.toString());
        }
    }

    private FileAttribute<?>[] permissions() {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Reads the entries in the order written. A line that is none (the last one, cut off by a crash) is skipped and counted.
     *
     * @return how many lines were skipped
     * @throws UncheckedIOException when the file exists and can't be read
     */
    public long forEach(Consumer<RefusalEntry> each) {
        if (!Files.exists(file)) {
            return 0;
        }
        long skipped = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                var entry = RefusalEntry.parse(line);
                entry.ifPresent(each);
                skipped += entry.isPresent() ? 0 : 1;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return skipped;
    }
}
