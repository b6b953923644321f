package dev.rooster.db;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * When the embedded database can't write (the disk is full, say) it closes itself, and every connection to it is dead for ever: the
 * pool must let go of them, so that the next ones open the file again. It does not know H2's error codes, and asks a connection that
 * is used all the time for no sign of life.
 */
final class LeaveClosedFile implements SQLExceptionOverride {
    /** DATABASE_IS_CLOSED, DATABASE_CALLED_AT_SHUTDOWN, CONNECTION_BROKEN_1, IO_EXCEPTION_1, IO_EXCEPTION_2, FILE_CORRUPTED_1. */
    private static final Set<Integer> DEAD = Set.of(90098, 90121, 90067, 90028, 90031, 90030);

    @java.lang.Override // the library has a type of that name
    public Override adjudicate(SQLException failure) {
        return DEAD.contains(failure.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
