package dev.rooster.schedule;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Editions whose audience should have been written long ago. Stateless; only reads. */
final class JdbiStuckEditions {
    /** An edition that does not get ready. */
    record Stuck(long editionId, String title) {}

    List<Stuck> preparingSince(Handle handle, NewsletterId newsletter, Instant before) {
        return handle.createQuery("""
                        select e.id, i.title from edition e join issue i on i.id = e.issue_id
                        where e.newsletter_id = :newsletter and e.state = 'preparing' and e.created_at < :before
                        """)
                .bind("newsletter", newsletter.value())
                .bind("before", before)
                .map((row, context) -> new Stuck(row.getLong("id"), row.getString("title")))
                .list();
    }
}
