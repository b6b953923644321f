package dev.rooster.delivery;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table {@code delivery} as a resend sees it: rows that are final. Stateless; every method works in the caller's transaction. */
final class JdbiResend {
    private static final String CHOSEN = "edition_id = :edition and state in (<states>) and next_attempt_at is null";
    private static final String MAY_BE_MAILED = """
            exists (select 1 from subscriber u join subscription s on s.subscriber_id = u.id
                    where u.id = delivery.subscriber_id and s.newsletter_id = :newsletter and s.state = 'active'
                      and not exists (select 1 from suppression p
                                      where p.address_hash = u.address_hash and p.newsletter_id in (0, :newsletter)))
            """;

    /** How many there are in these states. */
    ResendOutcome.Rows rows(Handle handle, Edition edition, Set<DeliveryState> states) {
        Map<DeliveryState, Long> again = new EnumMap<>(DeliveryState.class);
        long[] left = new long[1];
        handle.createQuery("""
                        select state, count(*) as deliveries, sum(case when %s then 1 else 0 end) as mailable
                        from delivery where %s group by state
                        """.formatted(MAY_BE_MAILED, CHOSEN))
                .bind("edition", edition.id().value())
                .bind("newsletter", edition.newsletter().value())
                .bindList("states", states.stream().map(DeliveryState::word).toList())
                .map((row, context) -> {
                    long mailable = row.getLong("mailable");
                    left[0] += row.getLong("deliveries") - mailable;
                    return mailable == 0 ? null : again.put(DeliveryState.of(row.getString("state")), mailable);
                })
                .list();
        return new ResendOutcome.Rows(again, left[0]);
    }

    /**
     * Queues a range of rows again while their edition is paused; answers how many. What was said at the last try stays with the
     * tries. The row begins anew, but for the count of what may have arrived.
     */
    long move(Handle handle, Edition edition, DeliveryState state, long after, long upTo, Instant now) {
        return handle.createUpdate("""
                        update delivery set state = 'queued', reason = null, next_attempt_at = :now, attempts = 0, reply_code = null,
                          reply = null, updated_at = :now
                        where %s and seq > :after and seq <= :upTo and %s
                          and exists (select 1 from edition e where e.id = :edition and e.state = 'paused')
                        """.formatted(CHOSEN, MAY_BE_MAILED))
                .bind("edition", edition.id().value())
                .bind("newsletter", edition.newsletter().value())
                .bindList("states", List.of(state.word()))
                .bind("after", after)
                .bind("upTo", upTo)
                .bind("now", now)
                .execute();
    }
}
