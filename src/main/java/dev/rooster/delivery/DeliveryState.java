package dev.rooster.delivery;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of a row of the ledger, and the only moves between them. The column's CHECK names the same nine. */
public enum DeliveryState {
    /** Nothing has left and nobody holds it. */
    QUEUED,
    /** A sending node holds it; nothing has left. */
    CLAIMED,
    /** The durable step before the body: from here on a copy may be on the wire. */
    SENDING,
    /** Refused for now; tried again at its time. */
    DEFERRED,
    /** The relay took it. That is all it says: not that it reached a mailbox. */
    ACCEPTED,
    /** The relay will never take it. */
    REJECTED,
    /** Its edition's time ran out before the relay took it. */
    EXPIRED,
    /** Not sent, on purpose: see its reason. */
    SKIPPED,
    /** The connection or the process went away after the final dot: sent or not, nobody can know yet. */
    UNCERTAIN;

    /** The word in the database and in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DeliveryState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** True if the ledger may move a row from this state to that one. */
    public boolean mayBecome(DeliveryState next) {
        return moves().contains(next);
    }

    private Set<DeliveryState> moves() {
        return switch (this) {
            case QUEUED -> EnumSet.of(CLAIMED, EXPIRED, SKIPPED, UNCERTAIN);
            // back to queued: released, or recovered from a dead node. Uncertain: it was so before it was claimed
            // again.
            case CLAIMED -> EnumSet.of(SENDING, QUEUED, DEFERRED, REJECTED, EXPIRED, SKIPPED, UNCERTAIN);
            // back to queued: the connection was closed before the dot.
            case SENDING -> EnumSet.of(ACCEPTED, REJECTED, DEFERRED, EXPIRED, SKIPPED, UNCERTAIN, QUEUED);
            case DEFERRED -> EnumSet.of(CLAIMED, EXPIRED, SKIPPED, UNCERTAIN);
            // claimed: the one resend. Accepted, rejected: later proof. Queued: an operator's resend.
            case UNCERTAIN -> EnumSet.of(CLAIMED, ACCEPTED, REJECTED, QUEUED);
            // queued: an operator resends chosen final states, never an accepted one.
            case REJECTED, EXPIRED, SKIPPED -> EnumSet.of(QUEUED);
            case ACCEPTED -> EnumSet.noneOf(DeliveryState.class);
        };
    }

    /**
     * True if nothing more will happen to a row by itself.
     *
     * @param toBeTried whether the row has a next attempt: it is what tells an uncertain row that will be resent
     */
    public boolean isFinal(boolean toBeTried) {
        return switch (this) {
            case ACCEPTED, REJECTED, EXPIRED, SKIPPED -> true;
            case UNCERTAIN -> !toBeTried;
            case QUEUED, CLAIMED, SENDING, DEFERRED -> false;
        };
    }
}
