package dev.rooster.report;

import dev.rooster.db.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads deliveries one by one. Thread-safe. */
public final class JdbiRecipients {
    private static final int PAGE_ROWS = 2_000;

    /** A row that waits gets the version that its edition has when its turn comes, unless a copy of it may have left. */
    static final String VERSION = """
            case when d.state in ('queued', 'claimed', 'deferred') and d.uncertain_count = 0 then e.version else d.version end""";

    private static final String SELECT = """
            select e.issue_id, i.title, d.edition_id, d.seq, s.address, d.provider, %s as version, d.state, d.reason, d.attempts,
              d.uncertain_count, d.relay, d.reply_code, d.reply, d.arrival, d.arrival_at, d.arrival_source, d.next_attempt_at,
              d.updated_at
            from delivery d
            join edition e on e.id = d.edition_id
            join issue i on i.id = e.issue_id
            left join subscriber s on s.id = d.subscriber_id
            """.formatted(VERSION);

    private final Jdbi jdbi;

    public JdbiRecipients(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Hands every delivery of an edition to {@code each}, in the order of the ledger, page by page.
     *
     * @param states only these states; empty: all
     * @return how many there were
     */
    public long forEach(long edition, Collection<String> states, Consumer<DeliveryLine> each) {
        long count = 0;
        long after = -1;
        while (true) {
            long from = after;
            List<DeliveryLine> page = jdbi.withHandle(handle -> page(handle, edition, states, from));
            if (page.isEmpty()) {
                return count;
            }
            page.forEach(each);
            count += page.size();
            after = page.get(page.size() - 1).seq();
        }
    }

    private static List<DeliveryLine> page(Handle handle, long edition, Collection<String> states, long after) {
        return handle.createQuery(SELECT + """
                        where d.edition_id = :edition and d.seq > :after and d.state in (<states>)
                        order by d.seq limit :limit
                        """)
                .bind("edition", edition)
                .bind("after", after)
                .bind("limit", PAGE_ROWS)
                .bindList("states", states.isEmpty() ? EditionReport.STATES : List.copyOf(states))
                .map(JdbiRecipients::read)
                .list();
    }

    /** What was sent to one person, the newest first. */
    List<DeliveryLine> of(Handle handle, long subscriberId) {
        return handle.createQuery(SELECT + "where d.subscriber_id = :subscriber order by d.edition_id desc")
                .bind("subscriber", subscriberId)
                .map(JdbiRecipients::read)
                .list();
    }

    private static DeliveryLine read(ResultSet row, StatementContext context) throws SQLException {
        int code = row.getInt("reply_code");
        Integer replyCode = row.wasNull() ? null : Integer.valueOf(code);
        return new DeliveryLine(
                row.getLong("issue_id"),
                row.getString("title"),
                row.getLong("edition_id"),
                row.getLong("seq"),
                row.getString("address"),
                row.getString("provider"),
                row.getInt("version"),
                row.getString("state"),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getInt("uncertain_count"),
                row.getString("relay"),
                replyCode,
                row.getString("reply"),
                row.getString("arrival"),
                Columns.instant(row, "arrival_at"),
                row.getString("arrival_source"),
                Columns.instant(row, "next_attempt_at"),
                Columns.instant(row, "updated_at"));
    }
}
