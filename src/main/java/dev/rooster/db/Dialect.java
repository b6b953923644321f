package dev.rooster.db;

import java.util.Map;

/** What differs between the two databases. The only place that knows. */
public enum Dialect {
    /**
     * Embedded, one process. WRITE_DELAY=0: an acknowledged commit survives kill -9 (the default delays its write by
     * 500 ms). RETENTION_TIME=5000: pages that are no longer used are written over after five seconds (the default is 45:
     * a send of a million would grow the file threefold). Never 0: the last complete state still names pages that died a
     * moment ago, so a process killed while it writes over them is opened again at an older state, and acknowledged
     * commits are lost. QUERY_CACHE_SIZE: each connection keeps the plans of its last statements; the default is eight. The
     * pool closes the database, not a shutdown hook of H2's, which would close it under a send that is
     * still ending.
     */
    H2(
            "org.h2.Driver",
            "h2",
            Map.of("blob", "blob", "longtext", "character large object"),
            ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0" + ";QUERY_CACHE_SIZE=64;WRITE_DELAY=0;RETENTION_TIME="
                    + Dialect.H2_RETENTION_MILLIS + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=20000;TIME ZONE=UTC"),
    POSTGRESQL("org.postgresql.Driver", "postgresql", Map.of("blob", "bytea", "longtext", "text"), "");

    /** How long pages that are no longer used are kept. */
    static final int H2_RETENTION_MILLIS = 5_000;

    private final String driver;
    private final String folder;
    private final Map<String, String> placeholders;
    private final String urlSettings;

    Dialect(String driver, String folder, Map<String, String> placeholders, String urlSettings) {
        this.driver = driver;
        this.folder = folder;
        this.placeholders = placeholders;
        this.urlSettings = urlSettings;
    }

    /**
     * The dialect of a JDBC URL.
     *
     * @throws DatabaseProblem when it is neither of the two
     */
    static Dialect ofUrl(String url) {
        if (url.startsWith("jdbc:h2:")) {
            return H2;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        throw new DatabaseProblem(DatabaseProblem.Kind.URL, url.replaceAll("[?;].*", ""), null);
    }

    String completeUrl(String url) {
        StringBuilder complete = new StringBuilder(url);
        for (String setting : urlSettings.split(";")) {
            if (!setting.isEmpty() && !url.contains(";" + setting.split("=")[0] + "=")) {
                complete.append(';').append(setting);
            }
        }
        return complete.toString();
    }

    String driver() {
        return driver;
    }

    String folder() {
        return folder;
    }

    Map<String, String> placeholders() {
        return placeholders;
    }

    /** An SQL expression for this moment by the database's clock (not the start of the transaction). */
    public String now() {
        return this == H2 ? "current_timestamp(6)" : "clock_timestamp()";
    }

    /**
     * What ends a select of rows to take so that two takers pass each other by. Empty on H2, where an ordered skip-locked
     * query locks every row it reads: there, take rows by key range with a conditional update.
     */
    public String skipLocked() {
        return this == H2 ? "" : " for update skip locked";
    }
}
