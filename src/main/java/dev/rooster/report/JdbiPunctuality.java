package dev.rooster.report;

import dev.rooster.db.Columns;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads how punctual an edition was. Stateless. */
final class JdbiPunctuality {
    /** What was uncertain and only settled by a later report has no time at which a relay took it. */
    private static final String HANDED = "updated_at";

    private static final String HANDED_ROWS = "(uncertain_count = 0 or arrival = 'unknown')";

    Punctuality of(Handle handle, long edition) {
        return handle.createQuery("""
                        select coalesce(s.planned_at, e.created_at) as planned from edition e
                        left join slot s on s.newsletter_id = e.newsletter_id and s.slot_date = e.slot_date
                        where e.id = :edition and e.ready_at is not null
                        """)
                .bind("edition", edition)
                .map((row, context) -> Columns.instant(row, "planned"))
                .findOne()
                .map(planned -> of(handle, edition, planned))
                .orElse(Punctuality.NONE);
    }

    private static Punctuality of(Handle handle, long edition, Instant planned) {
        return new Punctuality(
                planned,
                shares(handle, edition, HANDED, HANDED_ROWS),
                shares(handle, edition, "arrival_at", "arrival = 'arrived' and arrival_at is not null"));
    }

    private static List<Punctuality.Share> shares(Handle handle, long edition, String time, String which) {
        return handle.createQuery("""
                        select provider, count(*) as deliveries, percentile_disc(0.5) within group (order by TIME) as half_at,
                          percentile_disc(0.9) within group (order by TIME) as ninety_at, max(TIME) as last_at
                        from delivery where edition_id = :edition and state = 'accepted' and WHICH
                        group by provider order by count(*) desc, provider
                        """.replace("TIME", time).replace("WHICH", which))
                .bind("edition", edition)
                .map((row, context) -> new Punctuality.Share(
                        row.getString("provider"),
                        row.getLong("deliveries"),
                        Columns.instant(row, "half_at"),
                        Columns.instant(row, "ninety_at"),
                        Columns.instant(row, "last_at")))
                .list();
    }
}
