package dev.rooster.delivery;

import dev.rooster.db.Columns;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.MailboxProvider;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What a forecast counts. Only reads; a million rows take about a second on H2. Stateless. */
final class JdbiForecast {
    /** How many would get the newsletter now, by provider. */
    Map<String, Long> audience(Handle handle, NewsletterId newsletter) {
        Map<String, Long> mails = new TreeMap<>();
        handle.createQuery("""
                        select u.domain, count(*) as readers from subscription s join subscriber u on u.id = s.subscriber_id
                        where s.newsletter_id = :newsletter and s.state = 'active' and not %s
                        group by u.domain
                        """.formatted(JdbiAudience.SUPPRESSED))
                .bind("newsletter", newsletter.value())
                .map((row, context) -> Map.entry(row.getString("domain"), row.getLong("readers")))
                .forEach(entry -> mails.merge(MailboxProvider.of(entry.getKey()).text(), entry.getValue(), Long::sum));
        return mails;
    }

    /**
     * Of an edition by provider: all, and those that wait for their turn (also given back by a pause, or sent again) or are on
     * the wire; without paused providers.
     */
    Map<String, Forecast.Mails> left(Handle handle, EditionId edition) {
        Map<String, Forecast.Mails> mails = new TreeMap<>();
        handle.createQuery("""
                        select d.provider, count(*) as deliveries, count(case when d.state in ('queued', 'claimed', 'sending')
                            then 1 end) as deliveries_left
                        from delivery d where d.edition_id = :edition and not %s
                        group by d.provider
                        """.formatted(JdbiEditions.PROVIDER_PAUSED))
                .bind("edition", edition.value())
                .map((row, context) -> Map.entry(
                        row.getString("provider"),
                        new Forecast.Mails(row.getLong("deliveries"), row.getLong("deliveries_left"))))
                .forEach(entry -> mails.put(entry.getKey(), entry.getValue()));
        return mails;
    }

    /** What was used of rates by the hour and by the day, by the rate's name as stored. */
    Map<String, Map<RateLimit.Period, Map<Instant, Long>>> used(Handle handle) {
        Map<String, Map<RateLimit.Period, Map<Instant, Long>>> used = new HashMap<>();
        handle.createQuery("select bucket, period, slot_at, used from rate_use")
                .map((row, context) -> {
                    used.computeIfAbsent(row.getString("bucket"), bucket -> new EnumMap<>(RateLimit.Period.class))
                            .computeIfAbsent(
                                    RateLimit.Period.valueOf(
                                            row.getString("period").toUpperCase(Locale.ROOT)),
                                    period -> new HashMap<>())
                            .put(Columns.instant(row, "slot_at"), row.getLong("used"));
                    return true;
                })
                .list();
        return used;
    }

    /** How many of an edition the relay took after a moment. */
    long acceptedSince(Handle handle, EditionId edition, Instant since) {
        return handle.createQuery("""
                        select count(*) from delivery where edition_id = :edition and state = 'accepted' and updated_at > :since
                        """)
                .bind("edition", edition.value())
                .bind("since", since)
                .mapTo(Long.class)
                .one();
    }
}
