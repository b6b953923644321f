package dev.rooster.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Claims whose answer did not come: the database may have committed them all the same, and their rows then belong to a living node
 * that knows nothing of them. They are told by their edition and their moment, and given back as soon as the database answers.
 * Thread-safe.
 */
final class JdbiLostClaims {
    /** More are forgotten, the oldest first: their rows come back when this node's lease ends. */
    private static final int REMEMBERED_MAX = 10_000;

    private record Lost(EditionId edition, Instant at) {}

    private final String owner;
    private final Deque<Lost> claims = new ArrayDeque<>();

    JdbiLostClaims(String owner) {
        this.owner = owner;
    }

    synchronized void remember(EditionId edition, Instant at) {
        if (claims.size() == REMEMBERED_MAX) {
            claims.removeFirst();
        }
        claims.addLast(new Lost(edition, at));
    }

    synchronized boolean any() {
        return !claims.isEmpty();
    }

    private synchronized List<Lost> all() {
        return new ArrayList<>(claims);
    }

    /**
     * Gives the rows back; call it in a transaction that claims nothing.
     *
     * @return what to {@link #forget} once it is committed
     */
    List<?> giveBack(Handle handle, Instant now) {
        List<Lost> settled = all();
        for (Lost claim : settled) {
            handle.createUpdate("""
                            update delivery set state = 'queued', next_attempt_at = :now, lease_owner = null, updated_at = :now
                            where edition_id = :edition and lease_owner = :owner and state = 'claimed' and updated_at = :at
                            """)
                    .bind("now", now)
                    .bind("edition", claim.edition().value())
                    .bind("owner", owner)
                    .bind("at", claim.at())
                    .execute();
        }
        return settled;
    }

    synchronized void forget(List<?> settled) {
        claims.removeAll(settled);
    }
}
