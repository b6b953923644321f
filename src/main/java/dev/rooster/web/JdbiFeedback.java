package dev.rooster.web;

import dev.rooster.db.Database;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** The table {@code feedback}: one vote a reader and issue, the last one counts. Stateless. */
final class JdbiFeedback {
    /** An edition that a link names. */
    record Asked(long editionId, String title) {}

    Optional<Asked> find(Handle handle, long editionPublicId) {
        return handle.createQuery("""
                        select e.id, i.title from edition e join issue i on i.id = e.issue_id
                        where e.public_id = :publicId
                        """)
                .bind("publicId", editionPublicId)
                .map((row, context) -> new Asked(row.getLong("id"), row.getString("title")))
                .findOne();
    }

    /** @param comment null keeps what was written before */
    void vote(Database database, long editionId, long subscriberId, String vote, String comment, Instant now) {
        if (update(database, editionId, subscriberId, vote, comment, now)) {
            return;
        }
        try {
            database.jdbi()
                    .useTransaction(handle -> handle.createUpdate("""
                            insert into feedback (edition_id, subscriber_id, vote, comment, at)
                            values (:edition, :subscriber, :vote, :comment, :now)
                            """)
                            .bind("edition", editionId)
                            .bind("subscriber", subscriberId)
                            .bind("vote", vote)
                            .bind("comment", comment)
                            .bind("now", now)
                            .execute());
        } catch (JdbiException e) {
            // A second tap at the same moment was faster: then there is something to update.
            if (!Database.isConstraintViolation(e) || !update(database, editionId, subscriberId, vote, comment, now)) {
                throw e;
            }
        }
    }

    private static boolean update(
            Database database, long editionId, long subscriberId, String vote, String comment, Instant now) {
        return database.jdbi()
                        .inTransaction(handle -> handle.createUpdate("""
                                update feedback set vote = :vote, comment = coalesce(:comment, comment), at = :now
                                where edition_id = :edition and subscriber_id = :subscriber
                                """)
                                .bind("edition", editionId)
                                .bind("subscriber", subscriberId)
                                .bind("vote", vote)
                                .bind("comment", comment)
                                .bind("now", now)
                                .execute())
                == 1;
    }
}
