package dev.rooster.report;

import dev.rooster.db.Columns;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * What became of an edition's mails after the relay took them, by mailbox provider: the data of punctuality. Stateless; works
 * in the caller's transaction, so that its sums are of one moment.
 */
public final class JdbiArrivals {
    private static final List<String> ARRIVALS = List.of("unknown", "delayed", "arrived", "returned");

    /** By provider, the largest first; providers without an accepted mail are left out. */
    public List<ProviderArrivals> find(Handle handle, long edition) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        handle.createQuery("""
                        select provider, arrival, count(*) as deliveries from delivery
                        where edition_id = :edition and state = 'accepted' group by provider, arrival
                        """)
                .bind("edition", edition)
                .map((row, context) -> counts.computeIfAbsent(row.getString("provider"), provider -> none())
                        .put(row.getString("arrival"), row.getLong("deliveries")))
                .forEach(previous -> {});
        Map<String, List<Instant>> times = times(handle, edition);
        return counts.entrySet().stream()
                .map(entry -> arrivals(entry.getKey(), entry.getValue(), times.get(entry.getKey())))
                .sorted(Comparator.comparingLong(ProviderArrivals::accepted).reversed())
                .toList();
    }

    private static Map<String, Long> none() {
        Map<String, Long> counts = new LinkedHashMap<>();
        ARRIVALS.forEach(arrival -> counts.put(arrival, 0L));
        return counts;
    }

    private static ProviderArrivals arrivals(String provider, Map<String, Long> counts, List<Instant> times) {
        long accepted = counts.values().stream().mapToLong(Long::longValue).sum();
        return times == null
                ? new ProviderArrivals(provider, accepted, counts, null, null, null, null)
                : new ProviderArrivals(
                        provider, accepted, counts, times.get(0), times.get(1), times.get(2), times.get(3));
    }

    private static Map<String, List<Instant>> times(Handle handle, long edition) {
        Map<String, List<Instant>> times = new TreeMap<>();
        handle.createQuery("""
                        select provider, min(arrival_at) as first_at,
                          percentile_disc(0.5) within group (order by arrival_at) as median_at,
                          percentile_disc(0.9) within group (order by arrival_at) as ninety_at, max(arrival_at) as last_at
                        from delivery where edition_id = :edition and state = 'accepted' and arrival = 'arrived'
                          and arrival_at is not null
                        group by provider
                        """)
                .bind("edition", edition)
                .map((row, context) -> times.put(
                        row.getString("provider"),
                        List.of(
                                Columns.instant(row, "first_at"),
                                Columns.instant(row, "median_at"),
                                Columns.instant(row, "ninety_at"),
                                Columns.instant(row, "last_at"))))
                .forEach(previous -> {});
        return times;
    }
}
