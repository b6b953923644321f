package dev.rooster.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * An open database with the schema of this program: the pool, Jdbi, and the dialect.
 *
 * <p>Instants are bound to and read from {@code timestamp with time zone} in UTC, whatever zones the JVM and the session
 * have. Thread-safe. Closing it closes the pool; H2's file is compacted then if most of it is free.
 */
public final class Database implements AutoCloseable {
    private static final long CLOSE_MILLIS_MAX = 100;
    private static final Set<Integer> DAMAGED = Set.of(90028, 90030, 90048);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Dialect dialect;
    private final DatabaseSettings settings;

    private Database(HikariDataSource pool, Jdbi jdbi, DatabaseSettings settings) {
        this.pool = pool;
        this.jdbi = jdbi;
        this.dialect = settings.dialect();
        this.settings = settings;
    }

    /**
     * Opens the database and sees to its schema: an empty one is filled; an older H2 file is copied aside and migrated; an
     * older PostgreSQL is refused (other nodes may run on it; {@link #migrate} does it when asked).
     *
     * @throws DatabaseProblem when it can't be used as it is
     */
    public static Database open(DatabaseSettings settings) {
        Database database = connect(settings);
        try {
            new Schema(database.pool, settings).ensure(false);
            return database;
        } catch (RuntimeException | Error e) {
            database.pool.close();
            throw e;
        }
    }

    /** Opens the database and brings its schema to this program's version, on PostgreSQL too. */
    public static Database migrate(DatabaseSettings settings) {
        Database database = connect(settings);
        try {
            new Schema(database.pool, settings).ensure(true);
            return database;
        } catch (RuntimeException | Error e) {
            database.pool.close();
            throw e;
        }
    }

    private static Database connect(DatabaseSettings settings) {
        Dialect dialect = settings.dialect();
        if (settings.url() == null) {
            makeFolder(settings);
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("rooster-db");
        config.setDriverClassName(dialect.driver());
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(settings.username() == null && dialect == Dialect.H2 ? "sa" : settings.username());
        config.setPassword(settings.password() == null && dialect == Dialect.H2 ? "" : settings.password());
        config.setMaximumPoolSize(settings.connectionsMax());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(20_000);
        config.setInitializationFailTimeout(1);
        if (dialect == Dialect.H2) {
            config.setExceptionOverride(new LeaveClosedFile());
        } else {
            // Details repeat whole rows, and with them addresses.
            config.addDataSourceProperty("logServerErrorDetail", "false");
        }
        try {
            HikariDataSource pool = new HikariDataSource(config);
            return new Database(pool, jdbiOn(pool), settings);
        } catch (PoolInitializationException e) {
            throw connectProblem(settings, e);
        }
    }

    private static Jdbi jdbiOn(DataSource pool) {
        Jdbi jdbi = Jdbi.create(pool);
        // What was bound are people's addresses, and what fails is logged.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        jdbi.registerArgument(new InstantArgument());
        jdbi.registerArrayType(String.class, "varchar");
        jdbi.registerArrayType(Long.class, "bigint");
        jdbi.registerColumnMapper(Instant.class, (row, column, context) -> Columns.instant(row, column));
        return jdbi;
    }

    private static void makeFolder(DatabaseSettings settings) {
        try {
            Files.createDirectories(settings.dataDir());
            makePrivate(settings.dataDir().resolve("rooster.mv.db"));
        } catch (IOException e) {
            throw new DatabaseProblem(
                    DatabaseProblem.Kind.FOLDER, settings.dataDir().toString(), new UncheckedIOException(e));
        }
    }

    /** The file holds addresses: a new one is its owner's alone from its first octet on. H2 takes an empty file for a new one. */
    private static void makePrivate(Path file) throws IOException {
        if (Files.notExists(file)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static DatabaseProblem connectProblem(DatabaseSettings settings, Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            // 90020: "Database may be already in use" (org.h2.api.ErrorCode)
            if (t instanceof SQLException sql && sql.getErrorCode() == 90020) {
                return new DatabaseProblem(
                        DatabaseProblem.Kind.IN_USE, settings.dataDir().toString(), e);
            }
            if (t instanceof AccessDeniedException denied) {
                return new DatabaseProblem(DatabaseProblem.Kind.FOLDER, denied.getFile(), e);
            }
        }
        if (NoRoom.in(e)) {
            return new DatabaseProblem(DatabaseProblem.Kind.NO_ROOM, settings.where(), e);
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            // 90028: IO_EXCEPTION_1, 90030: FILE_CORRUPTED_1, 90048: FILE_VERSION_ERROR_1
            if (settings.url() == null && t instanceof SQLException sql && DAMAGED.contains(sql.getErrorCode())) {
                return new DatabaseProblem(
                        DatabaseProblem.Kind.DAMAGED,
                        settings.dataDir().resolve("rooster.mv.db").toString(),
                        e);
            }
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new DatabaseProblem(DatabaseProblem.Kind.CONNECT, settings.where() + ": " + root.getMessage(), e);
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    /** The pool itself, for libraries that bring their own SQL (the scheduler's job store). */
    public DataSource dataSource() {
        return pool;
    }

    public Dialect dialect() {
        return dialect;
    }

    public DatabaseSettings settings() {
        return settings;
    }

    /** This moment by the database's clock: what leases are compared with (nodes' clocks differ). */
    public Instant now(Handle handle) {
        return handle.createQuery("select " + dialect.now())
                .mapTo(Instant.class)
                .one();
    }

    /**
     * Whether a failure is a broken constraint (SQLState class 23), on both databases; drivers throw different classes.
     */
    public static boolean isConstraintViolation(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith("23")) {
                return true;
            }
        }
        return false;
    }

    /** The embedded file is closed in order, however long that takes; a server that is gone is not waited for. */
    @Override
    public void close() {
        if (dialect == Dialect.H2) {
            pool.close();
            return;
        }
        Thread closing = new Thread(pool::close, "rooster-db-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(CLOSE_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
