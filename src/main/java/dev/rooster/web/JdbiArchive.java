package dev.rooster.web;

import dev.rooster.db.Columns;
import dev.rooster.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sent issues, as the archive shows them: what was frozen, never the draft. Stateless; only reads. */
final class JdbiArchive {
    private static final String FROM = """
             from edition e
             join issue i on i.id = e.issue_id
             join edition_version v on v.edition_id = e.id and v.version = e.version
             where e.newsletter_id = :newsletter and e.ready_at is not null
            """;

    /** An issue that went out. */
    record Sent(long issueId, String title, Instant releasedAt, String hash) {}

    /** One with its page. */
    record Page(Sent sent, String html) {}

    /**
     * The latest first.
     *
     * @param before only those with a smaller issue id
     */
    List<Sent> list(Handle handle, NewsletterId newsletter, long before, int limit) {
        return handle.createQuery("select i.id, i.title, v.released_at, v.content_hash" + FROM + """
                          and e.state <> 'cancelled' and i.id < :before order by i.id desc fetch first :limit rows only
                        """)
                .bind("newsletter", newsletter.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> sent(row))
                .list();
    }

    /** A cancelled one too: the mails that did go out link to it. */
    Optional<Page> find(Handle handle, NewsletterId newsletter, long issueId) {
        return handle.createQuery("select i.id, i.title, v.released_at, v.content_hash, v.archive_html" + FROM + """
                          and i.id = :issue
                        """)
                .bind("newsletter", newsletter.value())
                .bind("issue", issueId)
                .map((row, context) -> new Page(sent(row), row.getString("archive_html")))
                .findOne();
    }

    private static Sent sent(ResultSet row) throws SQLException {
        return new Sent(
                row.getLong("id"),
                row.getString("title"),
                Columns.instant(row, "released_at"),
                row.getString("content_hash"));
    }
}
