package dev.rooster.db;

/**
 * The database can't be used as it is. Unchecked, since nothing below the command that opened it can mend it; the command
 * says what {@link #kind} means and what to do. Never carries a password.
 */
public final class DatabaseProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong; each has a text {@code problem.<kind>} in this package's bundles. */
    public enum Kind {
        /** The URL names neither H2 nor PostgreSQL. */
        URL,
        /** Another process has the H2 file open. */
        IN_USE,
        /** No connection: wrong host, password, database, or file. */
        CONNECT,
        /** The schema was made by a newer program. */
        NEWER_SCHEMA,
        /** PostgreSQL's schema is older than the program: {@code rooster db migrate} first. */
        OLDER_SCHEMA,
        /** A migration failed; nothing of it was kept. */
        MIGRATION,
        /** The H2 file is damaged, or is no database. */
        DAMAGED,
        /** The folder for the file can't be made or written. */
        FOLDER,
        /** The disk is full, or a limit on the size of files is reached. */
        NO_ROOM,
        /** What an earlier process wrote beside the H2 file can't be read or put away. */
        JOURNAL
    }

    private final Kind kind;
    private final String subject;

    public DatabaseProblem(Kind kind, String subject, Throwable cause) {
        super(kind + ": " + subject, cause);
        this.kind = kind;
        this.subject = subject;
    }

    public Kind kind() {
        return kind;
    }

    /** What was found: a URL without its settings, a version, a path, the driver's own words. */
    public String subject() {
        return subject;
    }
}
