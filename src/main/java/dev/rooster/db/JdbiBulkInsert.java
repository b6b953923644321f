package dev.rooster.db;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Adds many rows to one table, the quickest way each database has: COPY on PostgreSQL, a batched insert on H2. Within the
 * handle's transaction; a broken constraint comes out as an {@link SQLException} and nothing was added. Thread-safe.
 */
public final class JdbiBulkInsert {
    private static final int COPY_BUFFER = 1 << 16;

    private final String table;
    private final List<String> columns;

    /**
     * @param table a table of ours
     * @param columns of it that are given; the others get their defaults
     */
    public JdbiBulkInsert(String table, String... columns) {
        this.table = table;
        this.columns = List.of(columns);
    }

    /**
     * Adds rows.
     *
     * @param rows a value for each column, in their order: text, bytes, numbers, truth values, dates,
     *     {@link java.time.OffsetDateTime}, or null
     */
    public void add(Handle handle, Dialect dialect, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        if (dialect == Dialect.POSTGRESQL) {
            copy(handle.getConnection(), columns, rows);
        } else {
            try (PreparedStatement insert = handle.getConnection().prepareStatement(insert())) {
                batch(insert, rows);
            }
        }
    }

    /**
     * Adds rows to a table whose key {@code id} the database makes.
     *
     * @return the ids, in the order of the rows
     */
    public long[] addWithIds(Handle handle, Dialect dialect, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return new long[0];
        }
        if (dialect == Dialect.POSTGRESQL) {
            long[] ids = nextIds(handle, rows.size());
            List<Object[]> withIds = new ArrayList<>(rows.size());
            for (int i = 0; i < ids.length; i++) {
                Object[] row = new Object[columns.size() + 1];
                row[0] = ids[i];
                System.arraycopy(rows.get(i), 0, row, 1, columns.size());
                withIds.add(row);
            }
            copy(
                    handle.getConnection(),
                    Stream.concat(Stream.of("id"), columns.stream()).toList(),
                    withIds);
            return ids;
        }
        try (PreparedStatement insert =
                handle.getConnection().prepareStatement(insert(), Statement.RETURN_GENERATED_KEYS)) {
            batch(insert, rows);
            return generated(insert, rows.size());
        }
    }

    private String insert() {
        return "insert into " + table + " (" + String.join(", ", columns) + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    private void batch(PreparedStatement insert, List<Object[]> rows) throws SQLException {
        for (Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                if (row[i] == null) {
                    insert.setNull(i + 1, Types.NULL);
                } else {
                    insert.setObject(i + 1, row[i]);
                }
            }
            insert.addBatch();
        }
        insert.executeBatch();
    }

    private long[] generated(PreparedStatement insert, int count) throws SQLException {
        long[] ids = new long[count];
        int found = 0;
        try (ResultSet keys = insert.getGeneratedKeys()) {
            while (keys.next()) {
                ids[found++] = keys.getLong("id");
            }
        }
        if (found != count) {
            throw new IllegalStateException(table + ": " + count + " rows were added, " + found + " ids came back");
        }
        return ids;
    }

    private long[] nextIds(Handle handle, int count) {
        return handle
                .createQuery("select nextval(pg_get_serial_sequence(:table, 'id')) from generate_series(1, :count)")
                .bind("table", table)
                .bind("count", count)
                .mapTo(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private void copy(Connection connection, List<String> into, List<Object[]> rows) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + table + " (" + String.join(", ", into) + ") from stdin");
        try {
            CopyText text = new CopyText(copy);
            for (Object[] row : rows) {
                text.row(row);
            }
            text.flush();
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** PostgreSQL's text format of COPY: tabs between values, a line a row, {@code \N} for null. */
    private static final class CopyText {
        private final CopyIn copy;
        private final StringBuilder text = new StringBuilder(COPY_BUFFER + 4096);

        CopyText(CopyIn copy) {
            this.copy = copy;
        }

        void row(Object[] values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    text.append('\t');
                }
                if (values[i] == null) {
                    text.append("\\N");
                } else if (values[i] instanceof byte[] bytes) {
                    text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
                } else {
                    value(values[i].toString());
                }
            }
            text.append('\n');
            if (text.length() >= COPY_BUFFER) {
                flush();
            }
        }

        private void value(String value) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '\\' -> text.append("\\\\");
                    case '\t' -> text.append("\\t");
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    default -> text.append(c);
                }
            }
        }

        void flush() throws SQLException {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
            text.setLength(0);
        }
    }
}
