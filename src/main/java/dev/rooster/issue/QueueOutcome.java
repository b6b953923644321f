package dev.rooster.issue;

import dev.rooster.newsletter.Slot;
import java.util.List;
import java.util.Optional;

/** What became of a change to the queue. */
public sealed interface QueueOutcome {
    /**
     * Done.
     *
     * @param slot the one the issue takes as things stand; empty when it lies more than a year ahead
     */
    record Queued(Optional<Slot> slot) implements QueueOutcome {}

    /** The issue is a draft again. */
    record Unqueued() implements QueueOutcome {}

    /**
     * Nothing was changed.
     *
     * @param free the next slots without an issue, for the message
     */
    record Refused(Problem problem, List<Slot> free) implements QueueOutcome {
        public Refused {
            free = List.copyOf(free);
        }
    }

    /** Why the queue was not changed. Texts: {@code queue.…} in this package's messages; {0} is the date named. */
    enum Problem {
        NO_ISSUE,
        /** Being sent, sent or cancelled. */
        FROZEN,
        NOT_QUEUED,
        /** The newsletter has no slot on that date. */
        NO_SLOT,
        SLOT_SKIPPED,
        /** The slot's time is over. */
        SLOT_OVER,
        /** Another issue was named for it. */
        SLOT_TAKEN
    }
}
