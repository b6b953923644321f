package dev.rooster.bounce;

import dev.rooster.db.Columns;
import dev.rooster.mail.dsn.Category;
import dev.rooster.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code bounce}. Stateless and thread-safe; every method works in the caller's transaction. */
public final class JdbiBounces {
    private static final int FETCHED_AT_ONCE = 500;

    /**
     * Writes a record.
     *
     * @param fingerprint see {@link Fingerprint}
     * @return false: it was there before, so nothing may follow from it again
     */
    boolean insert(Handle handle, String fingerprint, Bounce bounce) {
        Map<String, Object> row = new HashMap<>();
        row.put("fingerprint", fingerprint);
        row.put("at", bounce.receivedAt());
        row.put("source", cut(bounce.source(), 60));
        row.put("kind", bounce.kind().word());
        ReportedDelivery delivery = bounce.delivery();
        row.put("edition", delivery == null ? null : delivery.edition());
        row.put("seq", delivery == null ? null : delivery.seq());
        row.put("subscriber", delivery == null ? null : delivery.subscriber().value());
        ReportedNotice notice = bounce.notice();
        NewsletterId newsletter =
                delivery != null ? delivery.newsletter() : notice != null ? notice.newsletter() : null;
        row.put("newsletter", newsletter == null ? null : newsletter.value());
        row.put("notice", notice == null ? null : notice.id());
        row.put("address", cut(bounce.address(), 320));
        row.put("status", cut(bounce.status(), 12));
        row.put("replyCode", bounce.replyCode());
        row.put("category", word(bounce.category()));
        row.put("verdict", Bounce.word(bounce.verdict()));
        row.put("diagnostic", cut(bounce.diagnostic(), 1000));
        row.put(
                "matchedBy",
                bounce.matchedBy() == null ? null : bounce.matchedBy().word());
        row.put("why", cut(bounce.why(), 100));
        row.put("acted", bounce.acted().word());
        return handle.createUpdate("""
                                insert into bounce (fingerprint, received_at, source, kind, edition_id, seq, subscriber_id,
                                  newsletter_id, address, status, reply_code, category, verdict, diagnostic, matched_by, why,
                                  acted, notice_id)
                                select :fingerprint, cast(:at as timestamp(6) with time zone), :source, :kind,
                                  cast(:edition as bigint), cast(:seq as bigint),
                                  coalesce(cast(:subscriber as bigint), (select s.id from notice n
                                    join subscriber s on s.address_hash = n.person_hash where n.id = cast(:notice as bigint))),
                                  cast(:newsletter as bigint), cast(:address as varchar(320)), cast(:status as varchar(12)),
                                  cast(:replyCode as smallint), :category, :verdict, cast(:diagnostic as varchar(1000)),
                                  cast(:matchedBy as varchar(20)), :why, :acted,
                                  cast(:notice as bigint)
                                where not exists (select 1 from bounce where fingerprint = :fingerprint)
                                """).bindMap(row).execute() == 1;
    }

    void updateActed(Handle handle, String fingerprint, Acted acted) {
        handle.createUpdate("update bounce set acted = :acted where fingerprint = :fingerprint")
                .bind("acted", acted.word())
                .bind("fingerprint", fingerprint)
                .execute();
    }

    /** True when this record, which is written already, is the first of its kind and verdict about its delivery. */
    boolean isFirst(Handle handle, Bounce record) {
        return handle.createQuery("""
                                select count(*) from bounce where edition_id = :edition and seq = :seq and kind = :kind
                                  and verdict = :verdict and acted <> 'unproven'
                                """)
                        .bind("edition", record.delivery().edition())
                        .bind("seq", record.delivery().seq())
                        .bind("kind", record.kind().word())
                        .bind("verdict", Bounce.word(record.verdict()))
                        .mapTo(Long.class)
                        .one()
                == 1;
    }

    /** How many mails came back since a moment, and how many of them nobody could read. */
    public ReadShare readSince(Handle handle, Instant since) {
        return handle.createQuery("""
                        select count(*) as mails,
                          count(case when acted = 'unmatched' or kind = 'other' and acted <> 'suppressed' then 1 end) as unread
                        from bounce where received_at >= :since and source <> 'smtp' and source not like 'hook %'
                          and coalesce(matched_by, '') <> 'unsubscribe-address'
                        """)
                .bind("since", since)
                .map((row, context) -> new ReadShare(row.getLong("mails"), row.getLong("unread")))
                .one();
    }

    /** @param unread those that led to no delivery, or to no meaning */
    public record ReadShare(long mails, long unread) {}

    /** Records, newest first. */
    public List<ListedBounce> list(Handle handle, BounceFilter filter, int limit) {
        List<ListedBounce> found = new ArrayList<>();
        forEach(handle, filter, limit, found::add);
        return found;
    }

    /**
     * Records, newest first, one at a time.
     *
     * @param handle in a transaction, or PostgreSQL gives them all at once
     */
    public void forEach(Handle handle, BounceFilter filter, int limit, Consumer<ListedBounce> each) {
        Map<String, Object> values = new HashMap<>();
        values.put("issue", filter.issue() == null ? -1L : filter.issue());
        values.put("address", filter.address() == null ? "" : filter.address().toLowerCase(Locale.ROOT));
        values.put("provider", filter.provider() == null ? "" : filter.provider());
        values.put("kind", filter.kind() == null ? "" : filter.kind().word());
        values.put("category", filter.category() == null ? "" : word(filter.category()));
        values.put("limit", limit);
        handle.createQuery("""
                        select b.id, b.received_at, b.source, b.kind, e.issue_id, n.name as newsletter, d.provider, b.address,
                          b.status, b.reply_code, b.category, b.verdict, b.diagnostic, b.matched_by, b.why, b.acted
                        from bounce b left join edition e on e.id = b.edition_id
                          left join newsletter n on n.id = b.newsletter_id
                          left join delivery d on d.edition_id = b.edition_id and d.seq = b.seq
                        where (:issue = -1 or e.issue_id = :issue)
                          and (:address = '' or lower(b.address) = :address or lower(b.address) like '%@' || :address)
                          and (:provider = '' or d.provider = :provider)
                          and (:kind = '' or b.kind = :kind)
                          and (:category = '' or b.category = :category)
                        order by b.received_at desc, b.id desc limit :limit
                        """)
                .setFetchSize(FETCHED_AT_ONCE)
                .bindMap(values)
                .map(JdbiBounces::listed)
                .forEach(each);
    }

    private static ListedBounce listed(ResultSet row, StatementContext context) throws SQLException {
        return new ListedBounce(
                row.getLong("id"),
                Columns.instant(row, "received_at"),
                row.getString("source"),
                row.getString("kind"),
                (Long) nullable(row.getLong("issue_id"), row.wasNull()),
                row.getString("newsletter"),
                row.getString("provider"),
                row.getString("address"),
                row.getString("status"),
                (Integer) nullable(row.getInt("reply_code"), row.wasNull()),
                row.getString("category"),
                row.getString("verdict"),
                row.getString("diagnostic"),
                row.getString("matched_by"),
                row.getString("why"),
                row.getString("acted"));
    }

    private static Object nullable(Object value, boolean wasNull) {
        return wasNull ? null : value;
    }

    static String word(Category category) {
        return category.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String cut(String text, int max) {
        return text == null || text.length() <= max ? text : text.substring(0, max);
    }
}
