package dev.rooster.bounce;

import dev.rooster.db.Columns;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.SubscriberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code stop_request}. Stateless and thread-safe; every method works in the caller's transaction. */
public final class JdbiStopRequests {

    /** What somebody decided. A closed list, mirrored by a CHECK constraint. */
    public enum Answer {
        REFUSED,
        DISMISSED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int BY_MAX = 60;

    private static final String SELECT = """
            select r.id, r.public_id, r.received_at, r.source, r.sender, r.subscriber_id, r.newsletter_id, r.words
            from stop_request r
            """;

    /** Still to be decided: whoever is unsubscribed meanwhile, on whatever road, needs no decision. */
    private static final String OPEN = """
            where r.state = 'open' and (r.subscriber_id is null or exists (
              select 1 from subscription s where s.subscriber_id = r.subscriber_id and s.state in ('active', 'pending')
                and (r.newsletter_id is null or s.newsletter_id = r.newsletter_id)))
            """;

    /** Writes one; empty: it was there before. */
    Optional<StopRequest> insert(Handle handle, String fingerprint, StopRequest request) {
        Map<String, Object> row = new HashMap<>();
        row.put("fingerprint", fingerprint);
        row.put("publicId", request.publicId());
        row.put("at", request.receivedAt());
        row.put("source", request.source());
        row.put("sender", request.sender());
        row.put(
                "subscriber",
                request.subscriber() == null ? null : request.subscriber().value());
        row.put(
                "newsletter",
                request.newsletter() == null ? null : request.newsletter().value());
        row.put("words", request.words());
        int inserted = handle.createUpdate("""
                        insert into stop_request (fingerprint, public_id, received_at, source, sender, subscriber_id,
                          newsletter_id, words, state)
                        select :fingerprint, cast(:publicId as bigint), cast(:at as timestamp(6) with time zone), :source, :sender,
                          cast(:subscriber as bigint), cast(:newsletter as bigint), :words, 'open'
                        where not exists (select 1 from stop_request where fingerprint = :fingerprint)
                        """).bindMap(row).execute();
        return inserted == 0
                ? Optional.empty()
                : handle.createQuery(SELECT + "where r.fingerprint = :fingerprint")
                        .bind("fingerprint", fingerprint)
                        .map(JdbiStopRequests::request)
                        .findOne();
    }

    /** Those that somebody has to decide, oldest first. */
    public List<StopRequest> open(Handle handle, int limit) {
        return handle.createQuery(SELECT + OPEN + " order by r.id limit :limit")
                .bind("limit", limit)
                .map(JdbiStopRequests::request)
                .list();
    }

    /** Decided or not. */
    public Optional<StopRequest> find(Handle handle, long id) {
        return handle.createQuery(SELECT + "where r.id = :id")
                .bind("id", id)
                .map(JdbiStopRequests::request)
                .findOne();
    }

    /** The one that a link names, decided or not. */
    Optional<StopRequest> findByPublicId(Handle handle, long publicId) {
        return handle.createQuery(SELECT + "where r.public_id = :publicId")
                .bind("publicId", publicId)
                .map(JdbiStopRequests::request)
                .findOne();
    }

    /** Whether somebody has to decide about it. */
    boolean isOpen(Handle handle, long id) {
        return handle.createQuery("select count(*) from stop_request r " + OPEN + " and r.id = :id")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** What was decided about it; empty: nothing yet. */
    Optional<StopAnswer> answerOf(Handle handle, long id) {
        return handle.createQuery("""
                        select state, answered_at, answered_by from stop_request where id = :id and answered_at is not null
                        """)
                .bind("id", id)
                .map((row, context) -> new StopAnswer(
                        Answer.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        Columns.instant(row, "answered_at"),
                        row.getString("answered_by")))
                .findOne();
    }

    /** How many came since a moment. */
    long countSince(Handle handle, Instant since) {
        return handle.createQuery("select count(*) from stop_request where received_at >= :since")
                .bind("since", since)
                .mapTo(Long.class)
                .one();
    }

    /** Notes the decision; false: somebody was faster. */
    public boolean answer(Handle handle, long id, Answer answer, String by, Instant at) {
        return handle.createUpdate("""
                                update stop_request set state = :state, answered_at = :at, answered_by = :by
                                where id = :id and state = 'open'
                                """)
                        .bind("state", answer.word())
                        .bind("at", at)
                        .bind("by", by.length() <= BY_MAX ? by : by.substring(0, BY_MAX))
                        .bind("id", id)
                        .execute()
                == 1;
    }

    private static StopRequest request(ResultSet row, StatementContext context) throws SQLException {
        long subscriber = row.getLong("subscriber_id");
        SubscriberId about = row.wasNull() ? null : new SubscriberId(subscriber);
        long newsletter = row.getLong("newsletter_id");
        NewsletterId meant = row.wasNull() ? null : new NewsletterId(newsletter);
        return new StopRequest(
                row.getLong("id"),
                row.getLong("public_id"),
                Columns.instant(row, "received_at"),
                row.getString("source"),
                row.getString("sender"),
                about,
                meant,
                row.getString("words"));
    }
}
