package dev.rooster.db;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Copies all that Rooster keeps from one database into another, empty one of the same schema, whichever kinds they are. The
 * target gets everything in one transaction, and is held in it: a copy never sends by itself. The scheduler's own tables stay
 * behind; they are made anew from the settings. Memory is bounded: rows are carried in parts. Not thread-safe.
 */
public final class JdbiMove {
    private static final Set<String> STAYS_BEHIND = Set.of("flyway_schema_history");
    private static final String SCHEDULER = "qrtz_";
    private static final int ROWS_MAX = 5_000;
    private static final long BYTES_MAX = 8L << 20;

    private final Database from;
    private final Database to;

    public JdbiMove(Database from, Database to) {
        this.from = from;
        this.to = to;
    }

    /** Whether the target holds nothing of ours yet. */
    public boolean targetIsEmpty() throws SQLException {
        return to.jdbi().withHandle(handle -> {
            for (String table : tables(handle.getConnection())) {
                if (count(handle, table) > 0) {
                    return false;
                }
            }
            return true;
        });
    }

    /** How many rows there are to carry. */
    public long rows() throws SQLException {
        return from.jdbi().withHandle(handle -> {
            long rows = 0;
            for (String table : tables(handle.getConnection())) {
                rows += count(handle, table);
            }
            return rows;
        });
    }

    /**
     * Copies everything. Nobody may write to either database meanwhile. Afterwards both are held: the target as moved, the
     * source as moved away.
     *
     * @param carried hears now and then how many rows were carried so far
     * @return how many rows each table has got, the same as in the source
     * @throws SQLException when one of them can't be read or written; the target is then as it was
     * @throws IllegalStateException when a table's numbers disagree; the target is then as it was too
     */
    public Map<String, Long> run(LongConsumer carried) throws SQLException {
        Map<String, Long> copied = from.jdbi().inTransaction(source -> {
            idsGoOn(source);
            return to.jdbi().inTransaction(target -> carry(source, target, carried));
        });
        from.jdbi().useHandle(handle -> new JdbiInstallation().hold(handle, Installation.Hold.MOVED_AWAY.name()));
        return copied;
    }

    private Map<String, Long> carry(Handle source, Handle target, LongConsumer carried) throws SQLException {
        Map<String, Long> all = new TreeMap<>();
        long before = 0;
        for (String table : inOrder(target.getConnection())) {
            long sum = before;
            long rows = copy(source, target, table, done -> carried.accept(sum + done));
            check(table, rows, count(source, table), count(target, table));
            all.put(table, rows);
            before += rows;
        }
        new JdbiInstallation().hold(target, Installation.Hold.MOVED.name());
        return all;
    }

    private static void check(String table, long carried, long source, long target) {
        if (carried != source || carried != target) {
            throw new IllegalStateException("%s: %d rows in the source, %d carried, %d in the target"
                    .formatted(table, source, carried, target));
        }
    }

    private static long count(Handle handle, String table) {
        return handle.createQuery("select count(*) from " + table)
                .mapTo(Long.class)
                .one();
    }

    // --- what there is ---

    private static Set<String> tables(Connection connection) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet found = connection
                .getMetaData()
                .getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                String table = found.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (!STAYS_BEHIND.contains(table) && !table.startsWith(SCHEDULER)) {
                    tables.add(table);
                }
            }
        }
        return tables;
    }

    /** Those that are referred to come first. */
    private static Set<String> inOrder(Connection connection) throws SQLException {
        Set<String> left = tables(connection);
        Set<String> ordered = new LinkedHashSet<>();
        while (!left.isEmpty()) {
            List<String> ready = new ArrayList<>();
            for (String table : left) {
                Set<String> needs = referredTo(connection, table);
                needs.remove(table);
                needs.removeAll(ordered);
                if (needs.isEmpty()) {
                    ready.add(table);
                }
            }
            if (ready.isEmpty()) {
                throw new IllegalStateException("these tables refer to each other in a circle: " + left);
            }
            ordered.addAll(ready);
            ready.forEach(left::remove);
        }
        return ordered;
    }

    private static Set<String> referredTo(Connection connection, String table) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet keys =
                connection.getMetaData().getImportedKeys(null, connection.getSchema(), stored(connection, table))) {
            while (keys.next()) {
                tables.add(keys.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return tables;
    }

    private static String stored(Connection connection, String name) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        return about.storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    }

    /** Names and JDBC types of a table's columns. */
    private static Map<String, Integer> columns(Connection connection, String table) throws SQLException {
        Map<String, Integer> columns = new LinkedHashMap<>();
        try (ResultSet found =
                connection.getMetaData().getColumns(null, connection.getSchema(), stored(connection, table), "%")) {
            while (found.next()) {
                columns.put(found.getString("COLUMN_NAME").toLowerCase(Locale.ROOT), found.getInt("DATA_TYPE"));
            }
        }
        return columns;
    }

    // --- carrying ---

    private long copy(Handle source, Handle target, String table, LongConsumer carried) throws SQLException {
        Map<String, Integer> columns = columns(source.getConnection(), table);
        if (!columns.keySet().equals(columns(target.getConnection(), table).keySet())) {
            throw new IllegalStateException(table + " has other columns in the target");
        }
        JdbiBulkInsert insert = new JdbiBulkInsert(table, columns.keySet().toArray(String[]::new));
        List<Integer> types = List.copyOf(columns.values());
        long rows = 0;
        try (PreparedStatement select = source.getConnection()
                .prepareStatement("select " + String.join(", ", columns.keySet()) + " from " + table)) {
            select.setFetchSize(500);
            try (ResultSet row = select.executeQuery()) {
                List<Object[]> part = new ArrayList<>();
                long bytes = 0;
                while (row.next()) {
                    Object[] values = new Object[types.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = value(row, i + 1, types.get(i));
                        bytes += size(values[i]);
                    }
                    part.add(values);
                    if (part.size() == ROWS_MAX || bytes > BYTES_MAX) {
                        insert.add(target, to.dialect(), part);
                        rows += part.size();
                        carried.accept(rows);
                        part.clear();
                        bytes = 0;
                    }
                }
                insert.add(target, to.dialect(), part);
                rows += part.size();
            }
        }
        carried.accept(rows);
        return rows;
    }

    private static Object value(ResultSet row, int column, int type) throws SQLException {
        return switch (type) {
            case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> row.getBytes(column);
            case Types.CLOB, Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR -> row.getString(column);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> row.getObject(column, OffsetDateTime.class);
            default -> row.getObject(column);
        };
    }

    private static long size(Object value) {
        if (value instanceof String text) {
            return 2L * text.length();
        }
        return value instanceof byte[] bytes ? bytes.length : 16;
    }

    /**
     * What the target numbers itself goes on behind what will be carried. This comes first, since it can't be taken back with a
     * transaction: on an empty table it does no harm, whatever becomes of the rest.
     */
    private void idsGoOn(Handle source) throws SQLException {
        to.jdbi().<SQLException>useHandle(target -> {
            for (String table : tables(target.getConnection())) {
                if (numbersItself(target.getConnection(), table)) {
                    idsGoOn(source, target, table);
                }
            }
        });
    }

    private void idsGoOn(Handle source, Handle target, String table) throws SQLException {
        long next = 1
                + source.createQuery("select coalesce(max(id), 0) from " + table)
                        .mapTo(Long.class)
                        .one();
        try (Statement statement = target.getConnection().createStatement()) {
            if (to.dialect() == Dialect.POSTGRESQL) {
                statement.execute("select setval(pg_get_serial_sequence('" + table + "', 'id'), " + next + ", false)");
            } else {
                statement.execute("alter table " + table + " alter column id restart with " + next);
            }
        }
    }

    private static boolean numbersItself(Connection connection, String table) throws SQLException {
        try (ResultSet id = connection
                .getMetaData()
                .getColumns(null, connection.getSchema(), stored(connection, table), stored(connection, "id"))) {
            return id.next() && "YES".equals(id.getString("IS_AUTOINCREMENT"));
        }
    }
}
