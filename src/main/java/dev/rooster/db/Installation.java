package dev.rooster.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Which installation a database belongs to, and whether it may send.
 *
 * <p>A copy never sends by itself. The database's row and the file {@code data/installation} carry the same id and epoch; the
 * file also carries its own inode, which a copy of the folder does not keep. Whatever disagrees — a database that was restored,
 * copied or moved, a folder that was copied, an old machine that wakes up after another took over — starts <em>held</em>:
 * nothing is started or resumed until a person takes over with {@link #takeOver}. Thread-safe.
 */
public final class Installation {
    private static final String FILE = "installation";

    private final JdbiInstallation rows = new JdbiInstallation();
    private final Database database;
    private final Jdbi jdbi;
    private final Path file;
    private final SecureRandom random;
    private final InstantSource clock;

    public Installation(Database database, SecureRandom random, InstantSource clock) {
        this.database = database;
        this.jdbi = database.jdbi();
        this.file = database.settings().dataDir().resolve(FILE);
        this.random = random;
        this.clock = clock;
    }

    /** Why nothing may be sent. */
    public enum Hold {
        /** {@code db restore} put this database here. */
        RESTORED,
        /** The database is not the one this folder belongs to, or this folder is new to it. */
        OTHER_DATABASE,
        /** The folder was copied from another. */
        COPIED_FOLDER,
        /** The database is older than what this folder has seen: its file was put back by hand. */
        OLDER_DATABASE,
        /** Another machine has taken over since. */
        TAKEN_OVER,
        /** {@code db move} filled this database from another. */
        MOVED,
        /** {@code db move} has carried its contents to another database. */
        MOVED_AWAY
    }

    /**
     * Compares database and folder; the first opening of both makes them belong together. What is found out is written to the
     * row, so that every other process sees it; but not when other nodes are sending from the database right now, which then is
     * what it seems to be, and only this folder is not one of theirs.
     *
     * @return why it is held; empty when it may send
     */
    public Optional<Hold> check() {
        JdbiInstallation.Row row = row();
        if (row.held()) {
            return Optional.of(Hold.valueOf(row.heldReason()));
        }
        Optional<Hold> hold = compare(row);
        hold.ifPresent(reason -> {
            if (reason != Hold.TAKEN_OVER && !isOfThisFolderOnly(reason)) {
                jdbi.useHandle(handle -> rows.hold(handle, reason.name()));
            }
        });
        return hold;
    }

    private boolean isOfThisFolderOnly(Hold reason) {
        return mayJoin(reason) && !livingNodes().isEmpty();
    }

    /** Whether a folder that is held for this reason can become one more node's. */
    public static boolean mayJoin(Hold reason) {
        return reason == Hold.OTHER_DATABASE || reason == Hold.COPIED_FOLDER || reason == Hold.TAKEN_OVER;
    }

    /** The nodes that are sending from this database, and the ends of their leases. Never any on the embedded one. */
    public Map<String, Instant> livingNodes() {
        return database.dialect() == Dialect.H2
                ? Map.of()
                : jdbi.withHandle(handle -> rows.livingNodes(handle, database.now(handle)));
    }

    /** Whether the database itself is held, for everybody. */
    public boolean databaseHeld() {
        return row().held();
    }

    /** From now on this folder is one more node's, beside those that send from this database. */
    public void join() {
        JdbiInstallation.Row row = row();
        writeFile(row.installationId(), row.epoch());
    }

    /** The epoch that editions are started with; sending stops for whoever holds an older one. */
    public long epoch() {
        return row().epoch();
    }

    /** Holds this database, as {@code db restore} does. */
    public void hold(Hold reason) {
        row(); // made where there is none yet
        jdbi.useHandle(handle -> rows.hold(handle, reason.name()));
    }

    /** A person has answered: database and folder belong together from now on, and no other machine may send any more. */
    public void takeOver() {
        JdbiInstallation.Row row = row();
        jdbi.useHandle(handle -> rows.release(handle, row.epoch() + 1));
        writeFile(row.installationId(), row.epoch() + 1);
    }

    private Optional<Hold> compare(JdbiInstallation.Row row) {
        if (!Files.exists(file)) {
            boolean isNew = row.epoch() == 0;
            if (isNew) {
                jdbi.useHandle(handle -> rows.release(handle, 1));
                writeFile(row.installationId(), 1);
                return Optional.empty();
            }
            return Optional.of(Hold.OTHER_DATABASE);
        }
        Marker marker = readFile();
        if (!marker.installationId().equals(row.installationId())) {
            return Optional.of(Hold.OTHER_DATABASE);
        }
        if (!marker.inode().equals(inode(file))) {
            return Optional.of(Hold.COPIED_FOLDER);
        }
        if (row.epoch() < marker.epoch()) {
            return Optional.of(Hold.OLDER_DATABASE);
        }
        return row.epoch() > marker.epoch() ? Optional.of(Hold.TAKEN_OVER) : Optional.empty();
    }

    private JdbiInstallation.Row row() {
        return jdbi.withHandle(rows::find).orElseGet(this::makeRow);
    }

    private JdbiInstallation.Row makeRow() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        try {
            jdbi.useHandle(handle -> rows.insert(handle, HexFormat.of().formatHex(id), clock.instant()));
        } catch (JdbiException e) {
            if (!Database.isConstraintViolation(e)) {
                throw e; // a constraint says that another process was faster: its row counts
            }
        }
        return jdbi.withHandle(rows::find).orElseThrow();
    }

    private record Marker(String installationId, long epoch, String inode) {}

    private Marker readFile() {
        try {
            String[] words = Files.readString(file).strip().split(" ");
            return words.length == 3
                    ? new Marker(words[0], Long.parseLong(words[1]), words[2])
                    : new Marker("", Long.MAX_VALUE, "");
        } catch (NumberFormatException e) {
            return new Marker("", Long.MAX_VALUE, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeFile(String installationId, long epoch) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, installationId + " " + epoch + " " + inode(file) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inode(Path path) {
        try {
            return Files.getAttribute(path, "unix:ino").toString();
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "-"; // a file system without inodes: copies of the folder are not told apart there
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
