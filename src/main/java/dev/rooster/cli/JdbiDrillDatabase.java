package dev.rooster.cli;

import java.util.Locale;
import org.jdbi.v3.core.Jdbi;

/**
 * A drill's own schema in somebody's PostgreSQL database: nothing outside it is touched, and closing drops it. Its sessions carry a
 * name of their own, so that they can be cut without cutting anybody else's.
 */
final class JdbiDrillDatabase implements AutoCloseable {
    private final Jdbi jdbi;
    private final String url;
    private final String name;

    private JdbiDrillDatabase(Jdbi jdbi, String url, String name) {
        this.jdbi = jdbi;
        this.url = url;
        this.name = name;
    }

    /** @param url a JDBC URL of PostgreSQL, with user and password in it where they are needed */
    static JdbiDrillDatabase create(String url, long random) {
        String name = "rooster_drill_" + Long.toHexString(random).toLowerCase(Locale.ROOT);
        Jdbi jdbi = Jdbi.create(url);
        jdbi.useHandle(handle -> handle.execute("create schema " + name));
        return new JdbiDrillDatabase(jdbi, url, name);
    }

    /** For the drill's own look at the ledger. */
    String urlOfDrill() {
        return with("currentSchema=" + name);
    }

    /** For the processes that it runs. */
    String urlOfNodes() {
        return with("currentSchema=" + name + "&ApplicationName=" + name);
    }

    private String with(String parameters) {
        return url + (url.contains("?") ? "&" : "?") + parameters;
    }

    /** Ends every connection of the nodes. A role may do that to its own sessions. */
    void cutConnections() {
        jdbi.useHandle(handle -> handle.createQuery(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = :name")
                .bind("name", name)
                .mapTo(Boolean.class)
                .list());
    }

    @Override
    public void close() {
        jdbi.useHandle(handle -> handle.execute("drop schema if exists " + name + " cascade"));
    }
}
