package dev.rooster.issue;

import dev.rooster.db.Columns;
import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of issues waiting for slots. Stateless. */
final class JdbiQueue {
    /** Serialises everything that moves a newsletter's queue or slots, on all nodes, until the transaction ends. */
    void lock(Handle handle, NewsletterId newsletter) {
        handle.createQuery("select id from newsletter where id = :id for update")
                .bind("id", newsletter.value())
                .mapTo(Long.class)
                .one();
    }

    List<QueueEntry> entries(Handle handle, NewsletterId newsletter) {
        return handle.createQuery("""
                        select issue_id, position, slot_date, queued_at from queue_entry
                        where newsletter_id = :newsletter order by position
                        """)
                .bind("newsletter", newsletter.value())
                .map((row, context) -> new QueueEntry(
                        new IssueId(row.getLong("issue_id")),
                        row.getLong("position"),
                        Optional.ofNullable(row.getObject("slot_date", LocalDate.class)),
                        Columns.instant(row, "queued_at")))
                .list();
    }

    void insert(Handle handle, NewsletterId newsletter, IssueId issue, Optional<LocalDate> slotDate, Instant now) {
        handle.createUpdate("""
                        insert into queue_entry (issue_id, newsletter_id, slot_date, queued_at)
                        values (:issue, :newsletter, :slotDate, :now)
                        """)
                .bind("issue", issue.value())
                .bind("newsletter", newsletter.value())
                .bind("slotDate", slotDate.orElse(null))
                .bind("now", now)
                .execute();
    }

    /** Whether it was there. */
    boolean delete(Handle handle, IssueId issue) {
        return handle.createUpdate("delete from queue_entry where issue_id = :issue")
                        .bind("issue", issue.value())
                        .execute()
                == 1;
    }

    /** Names another slot for whoever waits for this one; empty takes the name away. */
    void moveSlot(Handle handle, NewsletterId newsletter, LocalDate from, Optional<LocalDate> to) {
        handle.createUpdate("""
                        update queue_entry set slot_date = :to
                        where newsletter_id = :newsletter and slot_date = :from
                        """)
                .bind("newsletter", newsletter.value())
                .bind("from", from)
                .bind("to", to.orElse(null))
                .execute();
    }

    void nameSlot(Handle handle, IssueId issue, LocalDate slotDate) {
        handle.createUpdate("update queue_entry set slot_date = :slotDate where issue_id = :issue")
                .bind("issue", issue.value())
                .bind("slotDate", slotDate)
                .execute();
    }
}
