package dev.rooster.delivery;

import dev.rooster.db.Database;
import java.time.InstantSource;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Writes an edition's audience into the ledger, 10,000 candidates a commit, then checks the sums and makes the edition ready.
 *
 * <p>Each commit takes the next range of people, as they are at one instant: every candidate in it becomes a row or is counted as
 * excluded, and the edition remembers how far it came. So it can be cut off anywhere and called again, and several nodes may call
 * it: they take turns. Nothing is claimable before the last commit. Thread-safe.
 */
public final class WriteAudience {
    static final int CANDIDATES_PER_COMMIT = 10_000;
    /** A commit that lost against another one is tried again. */
    private static final int TRIES_MAX = 5;

    private final Database database;
    private final JdbiAudience audience;
    private final InstantSource clock;

    public WriteAudience(Database database, JdbiEditions editions, InstantSource clock) {
        this.database = database;
        this.audience = new JdbiAudience(editions);
        this.clock = clock;
    }

    /**
     * Writes what is missing. Does nothing for an edition that is not being prepared.
     *
     * @param written told the candidates seen so far after each commit
     * @return the edition after it
     */
    public Edition run(EditionId id, LongConsumer written) {
        while (true) {
            Edition edition = step(id, 1);
            if (edition.state() != EditionState.PREPARING) {
                return edition;
            }
            written.accept(edition.candidates());
        }
    }

    private Edition step(EditionId id, int tries) {
        try {
            return database.jdbi()
                    .inTransaction(
                            TransactionIsolationLevel.REPEATABLE_READ,
                            handle -> audience.writeNext(handle, id, CANDIDATES_PER_COMMIT, clock.instant()));
        } catch (RuntimeException e) {
            if (tries >= TRIES_MAX || !JdbiAudience.lostAgainstAnother(e)) {
                throw e;
            }
            return step(id, tries + 1);
        }
    }
}
