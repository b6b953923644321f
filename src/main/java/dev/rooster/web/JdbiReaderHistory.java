package dev.rooster.web;

import dev.rooster.db.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What was sent to a reader and what they answered, for their own eyes. Stateless; only reads. */
final class JdbiReaderHistory {
    private static final int ROWS_MAX = 5_000;

    List<Map<String, Object>> mails(Handle handle, long subscriberId) {
        return handle.createQuery("""
                        select i.title, d.state, d.updated_at from delivery d
                        join edition e on e.id = d.edition_id join issue i on i.id = e.issue_id
                        where d.subscriber_id = :subscriber order by e.id desc fetch first :max rows only
                        """)
                .bind("subscriber", subscriberId)
                .bind("max", ROWS_MAX)
                .map((row, context) -> {
                    Map<String, Object> mail = new LinkedHashMap<>();
                    mail.put("issue", row.getString("title"));
                    mail.put("state", row.getString("state"));
                    mail.put("at", instant(row, "updated_at"));
                    return mail;
                })
                .list();
    }

    List<Map<String, Object>> feedback(Handle handle, long subscriberId) {
        return handle.createQuery("""
                        select i.title, f.vote, f.comment, f.at from feedback f
                        join edition e on e.id = f.edition_id join issue i on i.id = e.issue_id
                        where f.subscriber_id = :subscriber order by f.id desc fetch first :max rows only
                        """)
                .bind("subscriber", subscriberId)
                .bind("max", ROWS_MAX)
                .map((row, context) -> {
                    Map<String, Object> vote = new LinkedHashMap<>();
                    vote.put("issue", row.getString("title"));
                    vote.put("vote", row.getString("vote"));
                    vote.put("comment", row.getString("comment"));
                    vote.put("at", instant(row, "at"));
                    return vote;
                })
                .list();
    }

    private static String instant(ResultSet row, String column) throws SQLException {
        return Columns.instant(row, column).toString();
    }
}
