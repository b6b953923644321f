package dev.rooster.bounce;

import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.SubscriberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The table {@code delivery} as reports see it: found by what a report tells, told what became of it. Stateless; every
 * method works in the caller's transaction.
 */
final class JdbiReportedDeliveries {
    private static final int HISTORY_MAX = 60;
    private static final String SELECT = """
            select d.edition_id, d.seq, d.subscriber_id, e.newsletter_id, s.address
            from delivery d join edition e on e.id = d.edition_id join subscriber s on s.id = d.subscriber_id
            """;

    /** By the public ids that tokens carry; a copy that was sent again to one person has one in the place of the edition's. */
    Optional<ReportedDelivery> find(Handle handle, long editionPublicId, long subscriberPublicId) {
        return ofEdition(handle, editionPublicId, subscriberPublicId)
                .or(() -> ofResentCopy(handle, editionPublicId, subscriberPublicId));
    }

    /** Its seq is 0: it is no row of the ledger, and what is reported about it changes none. */
    private static Optional<ReportedDelivery> ofResentCopy(Handle handle, long copy, long subscriberPublicId) {
        return handle.createQuery("""
                        select c.edition_id, 0 as seq, c.subscriber_id, e.newsletter_id, s.address
                        from resent_copy c join edition e on e.id = c.edition_id join subscriber s on s.id = c.subscriber_id
                        where c.public_id = :copy and s.public_id = :subscriber
                        """)
                .bind("copy", copy)
                .bind("subscriber", subscriberPublicId)
                .map(JdbiReportedDeliveries::delivery)
                .findOne();
    }

    private static Optional<ReportedDelivery> ofEdition(Handle handle, long editionPublicId, long subscriberPublicId) {
        return handle.createQuery(SELECT + "where e.public_id = :edition and s.public_id = :subscriber")
                .bind("edition", editionPublicId)
                .bind("subscriber", subscriberPublicId)
                .map(JdbiReportedDeliveries::delivery)
                .findOne();
    }

    /** A newsletter by the public id that tokens carry. */
    Optional<NewsletterId> newsletter(Handle handle, long publicId) {
        return handle.createQuery("select id from newsletter where public_id = :public")
                .bind("public", publicId)
                .map((row, context) -> new NewsletterId(row.getLong("id")))
                .findOne();
    }

    /**
     * The one recent delivery to a person, or the newest if all are of one newsletter; empty if that does not settle it.
     *
     * @param subject if not null, only editions with this subject, unless there is none
     * @param strict whether there has to be one
     */
    Optional<ReportedDelivery> findRecent(
            Handle handle, SubscriberId person, String subject, boolean strict, Instant after, Instant before) {
        List<ReportedDelivery> bySubject = subject == null
                ? List.of()
                : recent(
                        handle,
                        person,
                        "and exists (select 1 from edition_version v where v.edition_id = e.id and v.subject = :subject)",
                        subject,
                        after,
                        before);
        List<ReportedDelivery> candidates =
                bySubject.isEmpty() && !strict ? recent(handle, person, "", null, after, before) : bySubject;
        boolean oneNewsletter =
                candidates.stream().map(ReportedDelivery::newsletter).distinct().count() == 1;
        return oneNewsletter ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    private static List<ReportedDelivery> recent(
            Handle handle, SubscriberId person, String more, String subject, Instant after, Instant before) {
        var query = handle.createQuery(SELECT + """
                        where s.id = :person and e.created_at >= :after and e.created_at <= :before
                          and d.state in ('accepted', 'uncertain') %s
                        order by e.id desc limit 20
                        """.formatted(more))
                .bind("person", person.value())
                .bind("after", after)
                .bind("before", before);
        if (subject != null) {
            query.bind("subject", subject);
        }
        return query.map(JdbiReportedDeliveries::delivery).list();
    }

    /**
     * Notes what became of a delivery, if that says more than what was known. A row that was uncertain is accepted by it:
     * nobody can report on a mail that the relay did not take; when it did is what the row says already. A resend that was
     * planned is dropped.
     *
     * @return whether anything changed
     */
    boolean note(Handle handle, ReportedDelivery delivery, Arrival arrival, String source, Instant at) {
        int settled = handle.createUpdate("""
                        update delivery set state = 'accepted', next_attempt_at = null
                        where edition_id = :edition and seq = :seq and state = 'uncertain'
                        """)
                .bind("edition", delivery.edition())
                .bind("seq", delivery.seq())
                .execute();
        int noted = handle.createUpdate("""
                        update delivery set arrival = :arrival, arrival_at = :at, arrival_source = :source
                        where edition_id = :edition and seq = :seq and arrival in (<over>)
                        """)
                .bind("edition", delivery.edition())
                .bind("seq", delivery.seq())
                .bind("arrival", arrival.word())
                .bind("source", source)
                .bind("at", at)
                .bindList("over", arrival.over())
                .execute();
        return settled + noted > 0;
    }

    /** What became of this newsletter's issues at one subscriber, the newest first, at most 60. */
    List<PastIssue> history(Handle handle, NewsletterId newsletter, SubscriberId subscriber) {
        return handle.createQuery("""
                        select d.edition_id, e.created_at, d.state, d.arrival,
                          exists (select 1 from bounce b where b.edition_id = d.edition_id and b.seq = d.seq
                            and b.kind = 'bounce' and b.verdict = 'soft' and b.acted <> 'unproven') as soft
                        from delivery d join edition e on e.id = d.edition_id
                        where d.subscriber_id = :subscriber and e.newsletter_id = :newsletter
                          and d.state in ('accepted', 'uncertain', 'rejected', 'expired')
                        order by e.id desc limit :limit
                        """)
                .bind("subscriber", subscriber.value())
                .bind("newsletter", newsletter.value())
                .bind("limit", HISTORY_MAX)
                .map((row, context) -> new PastIssue(
                        row.getLong("edition_id"),
                        context.findColumnMapperFor(Instant.class).orElseThrow().map(row, "created_at", context),
                        row.getBoolean("soft"),
                        row.getString("arrival").equals(Arrival.ARRIVED.word())))
                .list();
    }

    private static ReportedDelivery delivery(ResultSet row, StatementContext context) throws SQLException {
        return new ReportedDelivery(
                row.getLong("edition_id"),
                row.getLong("seq"),
                new SubscriberId(row.getLong("subscriber_id")),
                new NewsletterId(row.getLong("newsletter_id")),
                row.getString("address"));
    }
}
