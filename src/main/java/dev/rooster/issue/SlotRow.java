package dev.rooster.issue;

import dev.rooster.newsletter.SlotChange;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A row about a slot.
 *
 * @param issue the one that was started or held
 * @param note why it was held; "" when there is nothing to say
 */
public record SlotRow(
        LocalDate date, SlotState state, Optional<LocalDate> movedTo, Optional<IssueId> issue, String note) {
    /** What the row means for the calendar. */
    SlotChange change() {
        return switch (state) {
            case SKIPPED -> new SlotChange.Skipped();
            case MOVED -> new SlotChange.MovedTo(movedTo.orElseThrow());
            default -> new SlotChange.Added();
        };
    }
}
