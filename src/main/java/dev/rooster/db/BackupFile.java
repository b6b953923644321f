package dev.rooster.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.h2.tools.Restore;
import org.jdbi.v3.core.Handle;

/**
 * Backups of the embedded database: one zip file, made while the database is in use. It holds addresses, so it is 0600; it
 * holds no keys. PostgreSQL has tools of its own for this.
 */
public final class BackupFile {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String CONTENT = "rooster.mv.db";
    private static final int RETENTION_MILLIS_COPYING = 45_000;

    private BackupFile() {}

    /**
     * Writes a backup: first beside the target, then moved over it, so that no half of one ever carries its name.
     *
     * @throws UncheckedIOException when the file can't be written
     */
    public static void write(Database database, Path file) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            database.jdbi().useHandle(handle -> copy(handle, part));
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deleteIfThere(part);
        }
    }

    /** Pages that die while the copy is made are kept for longer than it takes, so that the copy names none that was written over. */
    private static void copy(Handle handle, Path part) {
        handle.execute("set retention_time " + RETENTION_MILLIS_COPYING);
        try {
            handle.execute("backup to ?", part.toString());
        } finally {
            handle.execute("set retention_time " + Dialect.H2_RETENTION_MILLIS);
        }
    }

    private static void deleteIfThere(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // what stopped the backup is told; the remains are overwritten by the next one
        }
    }

    /** Whether a file is a backup of ours. */
    public static boolean isOne(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(CONTENT) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Puts a backup in the place of the installation's database, which no process may have open. The backup is opened and
     * migrated in a folder of its own first, so that a damaged one changes nothing; it is held there already; the replaced file is kept.
     *
     * @return the replaced file's new name; null when there was none
     * @throws DatabaseProblem when the backup can't be used
     */
    public static Path restore(Path backup, DatabaseSettings settings, Instant now) {
        Path data = settings.dataDir();
        Path trial = data.resolve("restoring");
        try {
            emptyAndDelete(trial);
            Files.createDirectories(trial);
            Restore.execute(backup.toString(), trial.toString(), "rooster");
            try (Database restored = Database.open(DatabaseSettings.embedded(trial))) {
                // held before it lies where it could send: a process killed right after the move leaves nothing that
                // does
                restored.jdbi()
                        .useHandle(handle -> new JdbiInstallation().hold(handle, Installation.Hold.RESTORED.name()));
            }
            writeAnew(DatabaseSettings.embedded(trial));
            Path current = data.resolve(CONTENT);
            Path replaced = null;
            if (Files.exists(current)) {
                replaced = data.resolve("rooster-replaced-" + STAMP.format(now) + ".mv.db");
                Files.move(current, replaced, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(trial.resolve(CONTENT), current, StandardCopyOption.ATOMIC_MOVE);
            Files.setPosixFilePermissions(current, PosixFilePermissions.fromString("rw-------"));
            emptyAndDelete(trial);
            return replaced;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What lies beside the restored file is H2's trace and, of an older schema, a copy of the backup itself. */
    private static void emptyAndDelete(Path trial) throws IOException {
        if (Files.isDirectory(trial)) {
            try (Stream<Path> remains = Files.list(trial)) {
                for (Path file : remains.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(trial);
        }
    }

    /**
     * A backup made while the database was written to carries remains of later commits behind what its header names. Left there,
     * H2 can take one of them for the newest state when it opens the file the second time, and what was committed in between
     * is gone: the hold, above all.
     */
    private static void writeAnew(DatabaseSettings settings) {
        try (Connection connection = DriverManager.getConnection(settings.jdbcUrl(), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        } catch (SQLException e) {
            throw new DatabaseProblem(DatabaseProblem.Kind.CONNECT, settings + ": " + e.getMessage(), e);
        }
    }
}
