package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.MailboxProvider;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Moves a newsletter's subscribers into the ledger, a range of them at a time. */
final class JdbiAudience {
    private static final String RANGE = """
            from subscription s join subscriber u on u.id = s.subscriber_id
            where s.newsletter_id = :newsletter and s.subscriber_id > :after and s.subscriber_id <= :upTo
            """;

    /** Of a subscriber {@code u}; binds {@code newsletter}. */
    static final String SUPPRESSED = """
            exists (select 1 from suppression p
                    where p.address_hash = u.address_hash and p.newsletter_id in (0, :newsletter))
            """;

    private final JdbiEditions editions;
    private final JdbiEditionProviders providers = new JdbiEditionProviders();
    private final Map<MailboxProvider, List<String>> domains = new EnumMap<>(MailboxProvider.class);
    private final String provider;

    JdbiAudience(JdbiEditions editions) {
        this.editions = editions;
        MailboxProvider.byDomain()
                .forEach((domain, owner) ->
                        domains.computeIfAbsent(owner, key -> new ArrayList<>()).add(domain));
        StringBuilder choice = new StringBuilder("case ");
        for (MailboxProvider owner : domains.keySet()) {
            choice.append("when u.domain in (<").append(owner.name().toLowerCase(java.util.Locale.ROOT));
            choice.append(">) then '").append(owner.text()).append("' ");
        }
        this.provider = choice + "else '" + MailboxProvider.OTHER.text() + "' end";
    }

    /** How many would get an edition of this newsletter that started now. */
    static long count(Handle handle, NewsletterId newsletter) {
        return handle.createQuery("""
                        select count(*) from subscription s join subscriber u on u.id = s.subscriber_id
                        where s.newsletter_id = :newsletter and s.state = 'active' and not\s""" + SUPPRESSED)
                .bind("newsletter", newsletter.value())
                .mapTo(Long.class)
                .one();
    }

    /** One commit's worth. The transaction sees one instant (repeatable read), so that its three counts agree. */
    Edition writeNext(Handle handle, EditionId id, int candidatesMax, Instant now) {
        Edition edition = editions.lock(handle, id).orElseThrow();
        if (edition.state() != EditionState.PREPARING) {
            return edition;
        }
        long after = handle.createQuery("select audience_after from edition where id = :id")
                .bind("id", id.value())
                .mapTo(Long.class)
                .one();
        Long upTo = handle.createQuery("""
                        select max(t.subscriber_id) from (
                          select subscriber_id from subscription where newsletter_id = :newsletter and subscriber_id > :after
                          order by newsletter_id, subscriber_id limit :limit) t
                        """)
                .bind("newsletter", edition.newsletter().value())
                .bind("after", after)
                .bind("limit", candidatesMax)
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
        if (upTo == null) {
            complete(handle, edition, now);
        } else {
            writeRange(handle, edition, after, upTo, now);
        }
        return editions.find(handle, id).orElseThrow();
    }

    private void writeRange(Handle handle, Edition edition, long after, long upTo, Instant now) {
        Map<String, Object> range =
                new TreeMap<>(Map.of("newsletter", edition.newsletter().value(), "after", after, "upTo", upTo));
        long candidates = handle.createQuery("select count(*) " + RANGE)
                .bindMap(range)
                .mapTo(Long.class)
                .one();
        var insert = handle.createUpdate("""
                        insert into delivery (edition_id, seq, subscriber_id, version, provider, state, updated_at)
                        select cast(:edition as bigint), row_number() over (order by s.subscriber_id) + :base,
                          s.subscriber_id, cast(:version as smallint),\s""" + provider + """
                        , 'queued', cast(:now as timestamp(6) with time zone)
                        """ + RANGE + " and s.state = 'active' and not " + SUPPRESSED)
                .bindMap(range)
                .bind("edition", edition.id().value())
                .bind("base", edition.recipients())
                .bind("version", edition.version())
                .bind("now", now);
        domains.forEach((owner, names) -> insert.bindList(owner.name().toLowerCase(java.util.Locale.ROOT), names));
        long recipients = insert.execute();
        handle.createQuery(
                        "select case when s.state = 'active' then 'suppressed' else s.state end as reason, count(*) as n "
                                + RANGE + " and (s.state <> 'active' or " + SUPPRESSED + ")"
                                + " group by case when s.state = 'active' then 'suppressed' else s.state end")
                .bindMap(range)
                .map((row, context) -> Map.entry(row.getString("reason"), row.getLong("n")))
                .list()
                .forEach(excluded -> exclude(handle, edition.id(), excluded.getKey(), excluded.getValue()));
        handle.createUpdate("""
                        update edition set audience_after = :upTo, candidates = candidates + :candidates,
                          recipients = recipients + :recipients
                        where id = :id
                        """)
                .bind("upTo", upTo)
                .bind("candidates", candidates)
                .bind("recipients", recipients)
                .bind("id", edition.id().value())
                .execute();
    }

    private static void exclude(Handle handle, EditionId id, String reason, long people) {
        int updated = handle.createUpdate("""
                        update edition_exclusion set excluded = excluded + :people
                        where edition_id = :id and reason = :reason
                        """)
                .bind("people", people)
                .bind("id", id.value())
                .bind("reason", reason)
                .execute();
        if (updated == 0) {
            handle.execute(
                    "insert into edition_exclusion (edition_id, reason, excluded) values (?, ?, ?)",
                    id.value(),
                    reason,
                    people);
        }
    }

    /** Nobody is left: the sums must agree before the first byte leaves. */
    private void complete(Handle handle, Edition edition, Instant now) {
        EditionCounts counts = editions.counts(handle, edition.id());
        if (!counts.agreesWith(edition) || counts.of(DeliveryState.QUEUED) != edition.recipients()) {
            throw new IllegalStateException(
                    "edition " + edition.id().value() + " is not begun, its sums do not agree: candidates "
                            + edition.candidates() + ", recipients " + edition.recipients() + ", excluded "
                            + counts.excludedAll()
                            + ", rows " + counts.rows());
        }
        providers.insertAll(handle, edition.id());
        editions.ready(handle, edition, now);
    }

    /** Whether a transaction failed only because another one came first (SQLState class 40). */
    static boolean lostAgainstAnother(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith("40")) {
                return true;
            }
        }
        return false;
    }
}
