package dev.rooster.issue;

import java.util.Locale;

/** Where an issue is in its life. How far its sending has come is the edition's matter. */
public enum IssueState {
    /** Stored, may be replaced. */
    DRAFT,
    /** Waits for a slot, may still be replaced. */
    QUEUED,
    /** Frozen: an edition exists. */
    SENDING,
    /** Its edition is finished. */
    SENT,
    /** Will never be sent, or no further. */
    CANCELLED;

    /** The legal moves, all of them. */
    public boolean mayBecome(IssueState next) {
        return switch (this) {
            case DRAFT -> next == QUEUED || next == SENDING || next == CANCELLED;
            case QUEUED -> next == DRAFT || next == SENDING || next == CANCELLED;
            case SENDING -> next == SENT || next == CANCELLED;
            // an operator sends chosen deliveries again
            case SENT -> next == SENDING;
            case CANCELLED -> false;
        };
    }

    /** The word in the database and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static IssueState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
