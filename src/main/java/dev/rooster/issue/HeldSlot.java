package dev.rooster.issue;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import dev.rooster.newsletter.SlotCalendar;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds the slot that is held for an issue. */
final class HeldSlot {
    private HeldSlot() {}

    /** Empty when none is, or the issue does not wait for it any more: it was queued for another, or sent by hand. */
    static Optional<Slot> find(Handle handle, Newsletter newsletter, IssueId issue) {
        Optional<LocalDate> named = new JdbiQueue()
                .entries(handle, newsletter.id()).stream()
                        .filter(entry -> entry.issue().equals(issue))
                        .findFirst()
                        .flatMap(QueueEntry::slotDate);
        SlotCalendar calendar = new SlotCalendar(
                newsletter.settings().slot(), newsletter.settings().zone(), Map.of());
        return new JdbiSlots()
                .rows(handle, newsletter.id()).stream()
                        .filter(row -> row.state() == SlotState.HELD
                                && row.issue().filter(issue::equals).isPresent()
                                && named.filter(row.date()::equals).isPresent())
                        .findFirst()
                        .map(row -> new Slot(row.date(), calendar.instantOf(row.date())));
    }
}
