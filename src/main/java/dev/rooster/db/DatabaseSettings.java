package dev.rooster.db;

import java.nio.file.Path;

/**
 * Where the database is.
 *
 * @param url a JDBC URL of H2 or PostgreSQL; null: an H2 file in {@code dataDir}
 * @param username null where the URL or the database needs none
 * @param password null where none is needed; never logged
 * @param connectionsMax connections in the pool, 2 to 200
 * @param dataDir the installation's {@code data} folder; made when it does not exist
 */
public record DatabaseSettings(String url, String username, String password, int connectionsMax, Path dataDir) {
    public static final int CONNECTIONS_DEFAULT = 16;

    /** The embedded database of an installation. */
    public static DatabaseSettings embedded(Path dataDir) {
        return new DatabaseSettings(null, null, null, CONNECTIONS_DEFAULT, dataDir);
    }

    /**
     * The URL to connect to, with the settings that the dialect needs. {@code retry:} makes H2 open its file again when a
     * thread that writes it is interrupted: Java closes a file channel under an interrupted thread, and H2 would then be
     * closed for everyone.
     */
    String jdbcUrl() {
        return dialect()
                .completeUrl(
                        url == null
                                ? "jdbc:h2:retry:" + dataDir.toAbsolutePath().resolve("rooster")
                                : url);
    }

    public Dialect dialect() {
        return url == null ? Dialect.H2 : Dialect.ofUrl(url);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + where() + "]";
    }

    /** Whether it is the file in the installation's own folder, which one process at a time can open. */
    public boolean isEmbedded() {
        return url == null;
    }

    /** The folder or the URL, without what may hold a password. */
    String where() {
        return url == null ? dataDir.toString() : url.replaceAll("[?;].*", "");
    }
}
