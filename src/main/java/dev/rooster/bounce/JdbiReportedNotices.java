package dev.rooster.bounce;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code notice} as reports see it. Stateless; every method works in the caller's transaction. */
final class JdbiReportedNotices {

    /** By the public id that its tokens carry. */
    Optional<ReportedNotice> find(Handle handle, long publicId) {
        return handle.createQuery("""
                        select id, kind, person_hash, newsletter_id, recipient from notice where public_id = :publicId
                        """)
                .bind("publicId", publicId)
                .map((row, context) -> {
                    long newsletter = row.getLong("newsletter_id");
                    NewsletterId about = row.wasNull() ? null : new NewsletterId(newsletter);
                    return new ReportedNotice(
                            row.getLong("id"),
                            row.getString("kind"),
                            row.getString("person_hash"),
                            about,
                            row.getString("recipient"));
                })
                .findOne();
    }

    /**
     * Notes what became of a notice, if that says more than what was known. One that was uncertain is accepted by it.
     *
     * @return whether anything changed
     */
    boolean note(Handle handle, ReportedNotice notice, Arrival arrival, String source, Instant at) {
        int settled = handle.createUpdate("update notice set state = 'accepted' where id = :id and state = 'uncertain'")
                .bind("id", notice.id())
                .execute();
        int noted = handle.createUpdate("""
                        update notice set arrival = :arrival, arrival_at = :at, arrival_source = :source
                        where id = :id and arrival in (<over>)
                        """)
                .bind("id", notice.id())
                .bind("arrival", arrival.word())
                .bind("source", source)
                .bind("at", at)
                .bindList("over", arrival.over())
                .execute();
        return settled + noted > 0;
    }
}
