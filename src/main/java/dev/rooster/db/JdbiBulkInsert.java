package dev.rooster.db;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
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
     *     {@link OffsetDateTime}, or null
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
        return handle.createQuery("""
                        select nextval(s.ids) from generate_series(1, :count)
                        cross join (select cast(pg_get_serial_sequence(:table, 'id') as regclass) as ids offset 0) s
                        """).bind("table", table).bind("count", count).mapTo(Long.class).stream()
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
        private static final byte[] NULL = {'\\', 'N'};
        private static final byte[] HEX = {'\\', '\\', 'x'};

        private final CopyIn copy;
        private byte[] text = new byte[COPY_BUFFER + 4096];
        private int used;
        /** Most rows of a batch hold the same instants. */
        private Object lastInstant;

        private byte[] lastInstantText;

        CopyText(CopyIn copy) {
            this.copy = copy;
        }

        void row(Object[] values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    put((byte) '\t');
                }
                value(values[i]);
            }
            put((byte) '\n');
            if (used >= COPY_BUFFER) {
                flush();
            }
        }

        private void value(Object value) {
            if (value == null) {
                put(NULL);
            } else if (value instanceof byte[] bytes) {
                put(HEX);
                put(HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII));
            } else if (value instanceof OffsetDateTime) {
                if (!value.equals(lastInstant)) {
                    lastInstant = value;
                    lastInstantText = value.toString().getBytes(StandardCharsets.US_ASCII);
                }
                put(lastInstantText);
            } else {
                escaped(value.toString().getBytes(StandardCharsets.UTF_8));
            }
        }

        /** What is escaped is ASCII, and no byte of another character looks like it (RFC 3629 section 3). */
        private void escaped(byte[] value) {
            room(2 * value.length);
            for (byte b : value) {
                byte letter = switch (b) {
                    case '\\' -> '\\';
                    case '\t' -> 't';
                    case '\n' -> 'n';
                    case '\r' -> 'r';
                    default -> 0;
                };
                if (letter != 0) {
                    text[used++] = '\\';
                }
                text[used++] = letter == 0 ? b : letter;
            }
        }

        private void put(byte one) {
            room(1);
            text[used++] = one;
        }

        private void put(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, text, used, more.length);
            used += more.length;
        }

        private void room(int more) {
            if (used + more > text.length) {
                text = Arrays.copyOf(text, Math.max(used + more, text.length * 2));
            }
        }

        void flush() throws SQLException {
            copy.writeToCopy(text, 0, used);
            used = 0;
        }
    }
}
