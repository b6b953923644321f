package dev.rooster.delivery;

import java.util.Optional;

/** The durable step's answer to a {@link Start}: leave to write the body, or why not. */
public record StartAnswer(Start start, Optional<Refusal> refusal) {
    /** Why a body must not be written. */
    public enum Refusal {
        /** The person may not be mailed any more; the row was settled in the same commit. */
        RECIPIENT,
        /** The edition is paused, cancelled, held, or belongs to a newer installation epoch. */
        EDITION,
        /** The issue was mended since the row was taken; it is still held and to be taken anew. */
        VERSION,
        /** Nothing may leave for this mailbox provider for now. */
        PROVIDER,
        /** This node's lease has run out: others may hold its rows now. */
        LEASE,
        /** The row is not held by this node any more. */
        GONE
    }

    static StartAnswer granted(Start start) {
        return new StartAnswer(start, Optional.empty());
    }

    static StartAnswer refused(Start start, Refusal why) {
        return new StartAnswer(start, Optional.of(why));
    }
}
