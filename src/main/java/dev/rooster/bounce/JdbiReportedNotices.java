package dev.rooster.bounce;

import dev.rooster.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code notice} as reports see it. Stateless; every method works in the caller's transaction. */
final class JdbiReportedNotices {
    private static final String SELECT = "select n.id, n.kind, n.person_hash, n.newsletter_id, n.recipient ";

    /** By the public id that its tokens carry. */
    Optional<ReportedNotice> find(Handle handle, long publicId) {
        return handle.createQuery(SELECT + "from notice n where n.public_id = :publicId")
                .bind("publicId", publicId)
                .map(JdbiReportedNotices::notice)
                .findOne();
    }

    /** The newest that a relay took for a person, who is named by the hash of the address. */
    Optional<ReportedNotice> findRecent(Handle handle, String personHash, Instant after, Instant before) {
        return handle.createQuery(SELECT + """
                        from notice n
                        where n.person_hash = :person and n.created_at >= :after and n.created_at <= :before
                          and n.state in ('accepted', 'uncertain')
                        order by n.id desc limit 1
                        """)
                .bind("person", personHash)
                .bind("after", after)
                .bind("before", before)
                .map(JdbiReportedNotices::notice)
                .findOne();
    }

    private static ReportedNotice notice(ResultSet row, StatementContext context) throws SQLException {
        long newsletter = row.getLong("newsletter_id");
        NewsletterId about = row.wasNull() ? null : new NewsletterId(newsletter);
        return new ReportedNotice(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("person_hash"),
                about,
                row.getString("recipient"));
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
