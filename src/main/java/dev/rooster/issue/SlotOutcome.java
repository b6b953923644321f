package dev.rooster.issue;

import java.time.LocalDate;
import java.util.Optional;

/** What became of a change to the slots. */
public sealed interface SlotOutcome {
    /**
     * Done.
     *
     * @param displaced the issue that was named for the slot; after a skip it takes the next free one, after a move it
     *     has moved along
     */
    record Changed(Optional<IssueId> displaced) implements SlotOutcome {}

    /** Nothing was changed. */
    record Refused(LocalDate date, Problem problem) implements SlotOutcome {}

    /** Why not. Texts: {@code slot.…} in this package's messages; {0} is the date. */
    enum Problem {
        NO_SLOT,
        OVER,
        PAST,
        TAKEN,
        ALREADY_SKIPPED
    }
}
