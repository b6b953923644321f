package dev.rooster.report;

import dev.rooster.db.Columns;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads how punctual an edition was. Stateless. */
final class JdbiPunctuality {

    /** @param arrivals of the edition */
    Punctuality of(Handle handle, long edition, List<ProviderArrivals> arrivals) {
        return handle.createQuery("""
                        select coalesce(s.planned_at, e.created_at) as planned from edition e
                        left join slot s on s.newsletter_id = e.newsletter_id and s.slot_date = e.slot_date
                        where e.id = :edition and e.ready_at is not null
                        """)
                .bind("edition", edition)
                .map((row, context) -> Columns.instant(row, "planned"))
                .findOne()
                .map(planned -> new Punctuality(planned, handed(handle, edition), arrived(arrivals)))
                .orElse(Punctuality.NONE);
    }

    /** What was uncertain and only settled by a later report has no time at which a relay took it. */
    private static List<Punctuality.Share> handed(Handle handle, long edition) {
        return handle.createQuery("""
                        select provider, count(*) as deliveries,
                          percentile_disc(0.5) within group (order by updated_at) as half_at,
                          percentile_disc(0.9) within group (order by updated_at) as ninety_at, max(updated_at) as last_at
                        from delivery where edition_id = :edition and state = 'accepted'
                          and (uncertain_count = 0 or arrival = 'unknown')
                        group by provider order by count(*) desc, provider
                        """)
                .bind("edition", edition)
                .map((row, context) -> new Punctuality.Share(
                        row.getString("provider"),
                        row.getLong("deliveries"),
                        Columns.instant(row, "half_at"),
                        Columns.instant(row, "ninety_at"),
                        Columns.instant(row, "last_at")))
                .list();
    }

    private static List<Punctuality.Share> arrived(List<ProviderArrivals> arrivals) {
        return arrivals.stream()
                .filter(each -> each.first() != null)
                .map(each -> new Punctuality.Share(
                        each.provider(), each.of("arrived"), each.median(), each.ninetyPercent(), each.last()))
                .sorted(Comparator.comparingLong(Punctuality.Share::mails)
                        .reversed()
                        .thenComparing(Punctuality.Share::provider))
                .toList();
    }
}
