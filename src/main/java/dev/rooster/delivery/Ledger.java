package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The rows of all editions, as one sending node sees them. Every method is one transaction, or a bounded series of them
 * that may be cut between any two. What a method answered is durable.
 *
 * <p>A failure of the database comes out as an unchecked exception; what it may have done is settled by the next call, for
 * each guards its changes by the state and the holder it expects. Thread-safe.
 *
 * <p>Leases are judged by the database's clock; {@code now} is this node's clock and only says when to try again.
 */
public interface Ledger {
    /** Takes a lease for this node, or a new one after it was lost. Rows of its earlier life are recovered first. */
    void join(Duration lease, UncertainPolicy policy, Instant now);

    /** Prolongs the lease; false: it has run out, and others may have taken this node's rows. */
    boolean renew(Duration lease);

    /** Gives the lease up. Rows still held are recovered by whoever comes next. */
    void leave();

    /**
     * Takes the rows of nodes whose lease has run out: claimed → queued; sending → uncertain, to be sent again at once if it
     * is the first such loss and the policy says so.
     *
     * @param everybody true when no other node can be alive (an embedded database): leases are not waited for
     */
    Recovered recover(boolean everybody, UncertainPolicy policy, Instant now);

    /** The editions that may be sent now: state sending, this installation's epoch, not held. */
    List<SendingEdition> sending();

    /**
     * Takes rows of an edition: those that are due first, then first tries beyond the cursor, in order. People who may not
     * be mailed any more are settled as skipped.
     *
     * @param scope whose rows; what the claim answers is about them only
     * @param cursor 0 at first, then what the last claim with this scope answered
     * @param limit at most so many rows, at least 1
     */
    Claim claim(EditionId edition, ClaimScope scope, long cursor, int limit, Instant now);

    /** Takes rows whoever they are for. */
    default Claim claim(EditionId edition, long cursor, int limit, Instant now) {
        return claim(edition, ClaimScope.ALL, cursor, limit, now);
    }

    /**
     * The durable step: records outcomes and gives leave to write bodies, in one transaction. Listeners hear the outcomes
     * inside it. An outcome of a row that another node has recovered meanwhile settles an uncertain row, or is dropped.
     *
     * @return one answer for each start, in their order
     */
    List<StartAnswer> commit(List<Outcome> outcomes, List<Start> starts, Instant now);

    /**
     * Does what the durable step leaves for later, if it leaves anything. Called often, at least a few times a second, by a thread
     * that may be held up for some milliseconds.
     *
     * @param idle true when that thread had nothing else to do for a while: nothing need wait for more to come
     */
    default void tidy(Instant now, boolean idle) {}

    /** True where a commit for each mail costs little, so that nobody need wait for others to share one. */
    default boolean commitsAreCheap() {
        return false;
    }

    /** Gives claimed rows back: queued, due at once. */
    void release(List<ClaimedDelivery> rows, Instant now);

    /**
     * Lets the rest of an edition follow, a short check after every row of the canary is answered (or after a stated wait, if
     * any is). Nothing else changes.
     *
     * @return how first tries leave from now on, whichever node let them
     */
    Pace passCanary(EditionId edition, Instant now);

    /** Settles as expired what an edition still had to try when its time has run out. Answers how many. */
    long expire(EditionId edition, Instant now);

    /** Finishes an edition whose every row is final, or says what is left. Listeners hear it inside the same commit. */
    FinishCheck finish(EditionId edition, Instant now);

    /** Pauses an edition that is being sent, and tells the listeners why. */
    void pause(EditionId edition, PauseReason reason, Instant now);
}
