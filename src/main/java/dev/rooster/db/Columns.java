package dev.rooster.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads from a result's row what JDBC does not read by itself. */
public final class Columns {
    private Columns() {}

    /** A {@code timestamp with time zone}, whatever the session's zone; null when the column is null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return toInstant(row.getObject(column, OffsetDateTime.class));
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return toInstant(row.getObject(column, OffsetDateTime.class));
    }

    private static Instant toInstant(OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
