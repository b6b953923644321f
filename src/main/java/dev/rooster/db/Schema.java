package dev.rooster.db;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Compares the schema's version with the program's and migrates when allowed.
 *
 * <p>The usual case, both the same, is answered by one query without loading the migration library, since every command
 * passes here.
 */
final class Schema {
    private final DataSource pool;
    private final DatabaseSettings settings;

    Schema(DataSource pool, DatabaseSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    void ensure(boolean migrateAnyway) {
        Applied applied = applied();
        int found = applied.version();
        int known = MigrationFiles.versionLatest(settings.dialect());
        if (found == known && applied.count() == MigrationFiles.count(settings.dialect())) {
            return;
        }
        if (found > known) {
            throw new DatabaseProblem(DatabaseProblem.Kind.NEWER_SCHEMA, found + " > " + known, null);
        }
        if (found > 0 && settings.dialect() == Dialect.POSTGRESQL && !migrateAnyway) {
            throw new DatabaseProblem(DatabaseProblem.Kind.OLDER_SCHEMA, found + " < " + known, null);
        }
        if (found > 0 && settings.url() == null) {
            copyAside(found);
        }
        migrate();
    }

    /** The highest version that was applied, 0 for an empty database, and how many were. */
    private record Applied(int version, int count) {}

    private Applied applied() {
        try (Connection connection = pool.getConnection()) {
            boolean exists;
            try (var tables =
                    connection.getMetaData().getTables(null, connection.getSchema(), "flyway_schema_history", null)) {
                exists = tables.next();
            }
            if (!exists) {
                return new Applied(0, 0);
            }
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "select max(cast(\"version\" as integer)), count(\"version\") from \"flyway_schema_history\" where \"success\"")) {
                rows.next();
                return new Applied(rows.getInt(1), rows.getInt(2));
            }
        } catch (SQLException e) {
            throw new DatabaseProblem(DatabaseProblem.Kind.CONNECT, settings + ": " + e.getMessage(), e);
        }
    }

    private void migrate() {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(pool)
                .locations(
                        "classpath:db/common",
                        "classpath:db/" + settings.dialect().folder())
                .placeholders(settings.dialect().placeholders())
                .outOfOrder(true);
        try {
            flyway.load().migrate();
        } catch (FlywayException e) {
            throw failed(e.getMessage(), e);
        }
    }

    /** A copy of the H2 file as it was, so that the program before this one can be gone back to. */
    private void copyAside(int version) {
        Path copy = settings.dataDir().resolve("rooster-before-schema-" + version + ".zip");
        try (Connection connection = pool.getConnection();
                var statement = connection.prepareStatement("backup to ?")) {
            statement.setString(1, copy.toString());
            statement.execute();
        } catch (SQLException e) {
            throw failed(copy + ": " + e.getMessage(), e);
        }
    }

    private DatabaseProblem failed(String why, Exception e) {
        return NoRoom.in(e)
                ? new DatabaseProblem(DatabaseProblem.Kind.NO_ROOM, settings.where(), e)
                : new DatabaseProblem(DatabaseProblem.Kind.MIGRATION, why, e);
    }
}
