package dev.rooster.report;

import dev.rooster.db.Columns;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads what is put off, by the index on the time of the next try. Stateless; in the caller's transaction. */
final class JdbiDeferrals {
    private static final int REPLIES_MAX = 500;
    /** Before every time in the ledger. */
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    private static final String PUT_OFF = """
            d.edition_id = :edition and d.next_attempt_at >= :longAgo and d.state = 'deferred'
              and exists (select 1 from attempt a
                          where a.edition_id = d.edition_id and a.seq = d.seq and a.outcome = 'deferred' and a.at <= :since)
            """;

    /** An edition that is being sent. */
    record Sending(long edition, long issue, long newsletter, Instant createdAt, Instant expiresAt) {}

    List<Sending> sending(Handle handle) {
        return handle.createQuery("""
                        select id, issue_id, newsletter_id, created_at, expires_at from edition where state = 'sending'
                        order by id
                        """)
                .map((row, context) -> new Sending(
                        row.getLong("id"),
                        row.getLong("issue_id"),
                        row.getLong("newsletter_id"),
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "expires_at")))
                .list();
    }

    /** Every provider that is not paused. @param since what was put off first by then counts */
    List<ProviderDeferrals> byProvider(Handle handle, long edition, Instant since) {
        return handle.createQuery("""
                        select p.provider, p.recipients, p.answered, x.deferred, x.next_try
                        from edition_provider p
                        left join (select d.provider, count(*) as deferred, min(d.next_attempt_at) as next_try
                                   from delivery d where""" + " " + PUT_OFF + """
                                   group by d.provider) x on x.provider = p.provider
                        where p.edition_id = :edition and p.paused_at is null
                        order by p.provider
                        """)
                .bind("edition", edition)
                .bind("longAgo", LONG_AGO)
                .bind("since", since)
                .map((row, context) -> new ProviderDeferrals(
                        row.getString("provider"),
                        row.getLong("recipients"),
                        row.getLong("answered"),
                        row.getLong("deferred"),
                        Columns.instant(row, "next_try")))
                .list();
    }

    /** What was said to those that are put off, at most 500 of them. @param provider empty: any */
    List<String> replies(Handle handle, long edition, String provider, Instant since) {
        return handle.createQuery("select d.reply from delivery d where " + PUT_OFF + """
                          and (:any or d.provider = :provider) and d.reply is not null
                        limit :limit
                        """)
                .bind("edition", edition)
                .bind("longAgo", LONG_AGO)
                .bind("since", since)
                .bind("any", provider.isEmpty())
                .bind("provider", provider)
                .bind("limit", REPLIES_MAX)
                .mapTo(String.class)
                .list();
    }
}
