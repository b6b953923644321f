package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.MailboxProvider;
import java.time.Instant;
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
                        where s.newsletter_id = :newsletter and s.state = 'active' and not exists (
                          select 1 from suppression p where p.address_hash = u.address_hash and p.newsletter_id in (0, :newsletter))
                        group by u.domain
                        """)
                .bind("newsletter", newsletter.value())
                .map((row, context) -> Map.entry(row.getString("domain"), row.getLong("readers")))
                .forEach(entry -> mails.merge(MailboxProvider.of(entry.getKey()).text(), entry.getValue(), Long::sum));
        return mails;
    }

    /** How many of an edition wait for their first try or are on the wire, by provider. */
    Map<String, Long> left(Handle handle, EditionId edition) {
        Map<String, Long> mails = new TreeMap<>();
        handle.createQuery("""
                        select provider, count(*) as deliveries from delivery
                        where edition_id = :edition and (state in ('claimed', 'sending')
                          or state = 'queued' and next_attempt_at is null)
                        group by provider
                        """)
                .bind("edition", edition.value())
                .map((row, context) -> Map.entry(row.getString("provider"), row.getLong("deliveries")))
                .forEach(entry -> mails.put(entry.getKey(), entry.getValue()));
        return mails;
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
