package dev.rooster.token;

import java.nio.file.Path;
import java.util.Locale;

/** The keys of the installation cannot be used. Nothing was written; nothing may be sent without them. */
public final class KeyRingProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        MISSING,
        EXISTS,
        UNREADABLE,
        UNWRITABLE,
        MALFORMED,
        FULL
    }

    private final Kind kind;
    private final transient Path file;
    private final int line;

    /**
     * @param line 0 when the file as a whole is meant
     */
    KeyRingProblem(Kind kind, Path file, int line, Throwable cause) {
        super("keys " + kind.name().toLowerCase(Locale.ROOT) + ": " + file + (line > 0 ? ", line " + line : ""), cause);
        this.kind = kind;
        this.file = file;
        this.line = line;
    }

    public Kind kind() {
        return kind;
    }

    public Path file() {
        return file;
    }

    public int line() {
        return line;
    }

    /** The key of the text in this package's bundles; arguments: {@link #file()}, {@link #line()}. */
    public String key() {
        return "keys." + kind.name().toLowerCase(Locale.ROOT);
    }
}
