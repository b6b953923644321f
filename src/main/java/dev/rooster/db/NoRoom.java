package dev.rooster.db;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Tells a disk without room, a quota, or a limit on the size of files from other failures. They come as one cause among many, and only
 * the system's words differ. Pure.
 */
public final class NoRoom {
    /** What systems say (ENOSPC, EDQUOT, EFBIG), and H2 when it could not write its file. */
    private static final List<String> WORDS = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "File too large",
            "There is not enough space on the disk",
            "MVStoreException: Writing to");
    /** PostgreSQL's disk_full. */
    private static final String DISK_FULL = "53100";

    private NoRoom() {}

    /** Looks at causes and at what was suppressed: the first sign of a full disk is often followed by others. */
    public static boolean in(Throwable failure) {
        return in(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean in(Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        String words = String.valueOf(failure.getMessage());
        if (WORDS.stream().anyMatch(words::contains)
                || failure instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState())
                || in(failure.getCause(), seen)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (in(suppressed, seen)) {
                return true;
            }
        }
        return failure instanceof SQLException sql && in(sql.getNextException(), seen);
    }
}
