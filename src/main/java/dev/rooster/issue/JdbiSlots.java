package dev.rooster.issue;

import dev.rooster.db.Columns;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.Slot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The table of slots. Its key (newsletter, date) is what keeps a slot from firing twice, whatever restarts, nodes and
 * clocks do. Stateless.
 */
final class JdbiSlots {
    private static final int NOTE_CHARS_MAX = 300;

    List<SlotRow> rows(Handle handle, NewsletterId newsletter) {
        return handle.createQuery("""
                        select slot_date, state, moved_to, issue_id, note from slot
                        where newsletter_id = :newsletter order by slot_date
                        """)
                .bind("newsletter", newsletter.value())
                .map((row, context) -> {
                    long issue = row.getLong("issue_id");
                    String note = row.getString("note");
                    return new SlotRow(
                            row.getObject("slot_date", LocalDate.class),
                            SlotState.ofWord(row.getString("state")),
                            Optional.ofNullable(row.getObject("moved_to", LocalDate.class)),
                            issue == 0 ? Optional.empty() : Optional.of(new IssueId(issue)),
                            note == null ? "" : note);
                })
                .list();
    }

    /** When the newsletter came into being: slots before that are nobody's. */
    Instant bornAt(Handle handle, NewsletterId newsletter) {
        return handle.createQuery("select created_at from newsletter where id = :id")
                .bind("id", newsletter.value())
                .map((row, context) -> Columns.instant(row, "created_at"))
                .one();
    }

    /** Writes what was decided about a slot before its time. */
    void decide(Handle handle, NewsletterId newsletter, Slot slot, SlotState state, Optional<LocalDate> movedTo) {
        write(handle, newsletter, slot, state, movedTo, Optional.empty(), null, "");
    }

    /**
     * Writes what became of a slot whose time came.
     *
     * @return false when somebody else has answered for it
     */
    boolean answer(
            Handle handle,
            NewsletterId newsletter,
            Slot slot,
            SlotState state,
            Optional<IssueId> issue,
            Instant now,
            String note) {
        boolean over = rows(handle, newsletter).stream()
                .anyMatch(row -> row.date().equals(slot.date()) && row.state() != SlotState.PLANNED);
        if (over) {
            return false;
        }
        write(handle, newsletter, slot, state, Optional.empty(), issue, now, note);
        return true;
    }

    /**
     * Starts a slot that was held, or says anew why not.
     *
     * @return false when it was not held for this issue
     */
    boolean answerAgain(
            Handle handle,
            NewsletterId newsletter,
            LocalDate date,
            IssueId issue,
            boolean started,
            Instant now,
            String note) {
        return handle.createUpdate("""
                                update slot set state = :state, started_at = :now, note = :note
                                where newsletter_id = :newsletter and slot_date = :date and state = 'held' and issue_id = :issue
                                """)
                        .bind("state", (started ? SlotState.STARTED : SlotState.HELD).word())
                        .bind("now", now)
                        .bind("note", cut(note))
                        .bind("newsletter", newsletter.value())
                        .bind("date", date)
                        .bind("issue", issue.value())
                        .execute()
                == 1;
    }

    private static String cut(String note) {
        return note.length() <= NOTE_CHARS_MAX ? note : note.substring(0, NOTE_CHARS_MAX);
    }

    /** The caller holds the newsletter's lock, so update-else-insert can't be overtaken; the key would refuse it. */
    private static void write(
            Handle handle,
            NewsletterId newsletter,
            Slot slot,
            SlotState state,
            Optional<LocalDate> movedTo,
            Optional<IssueId> issue,
            Instant startedAt,
            String note) {
        int updated = bound(handle, """
                        update slot set planned_at = :plannedAt, state = :state, moved_to = :movedTo, issue_id = :issue,
                          started_at = :startedAt, note = :note
                        where newsletter_id = :newsletter and slot_date = :date
                        """, newsletter, slot, state, movedTo, issue, startedAt, note);
        if (updated == 0) {
            bound(handle, """
                            insert into slot (newsletter_id, slot_date, planned_at, state, moved_to, issue_id, started_at, note)
                            values (:newsletter, :date, :plannedAt, :state, :movedTo, :issue, :startedAt, :note)
                            """, newsletter, slot, state, movedTo, issue, startedAt, note);
        }
    }

    private static int bound(
            Handle handle,
            String sql,
            NewsletterId newsletter,
            Slot slot,
            SlotState state,
            Optional<LocalDate> movedTo,
            Optional<IssueId> issue,
            Instant startedAt,
            String note) {
        return handle.createUpdate(sql)
                .bind("newsletter", newsletter.value())
                .bind("date", slot.date())
                .bind("plannedAt", slot.at())
                .bind("state", state.word())
                .bind("movedTo", movedTo.orElse(null))
                .bind("issue", issue.map(IssueId::value).orElse(null))
                .bindByType("startedAt", startedAt, Instant.class)
                .bind("note", cut(note))
                .execute();
    }
}
