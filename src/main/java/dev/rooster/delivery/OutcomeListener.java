package dev.rooster.delivery;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Hears the outcomes of tries inside the transaction that records them: what it writes stands or falls with them. An exception
 * from it undoes the commit and stops the sending, as any failure of the ledger does; it must be quick, it runs once per
 * group commit on the one committing thread.
 */
@FunctionalInterface
public interface OutcomeListener {
    /** @param outcomes those that changed their row, at least one; none is a mere return to the queue */
    void recorded(Handle handle, List<RecordedOutcome> outcomes);
}
