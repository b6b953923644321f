package dev.rooster.subscriber;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Finds people who left and get nothing any more. Only people who left by their own will count: one whose address merely bounces did
 * not take a consent back. Stateless and thread-safe.
 */
final class JdbiEndedPeople {
    private static final String ENDED = """
            exists (select 1 from subscription s
                where s.subscriber_id = u.id and s.state in ('unsubscribed', 'complained') and s.since < :before)
              and not exists (select 1 from subscription s
                where s.subscriber_id = u.id and (s.state in ('pending', 'active') or s.since >= :before))
            """;

    private static final String LEFTOVER = """
            address is not null and reason in ('unsubscribed', 'complaint') and since < :before
              and not exists (select 1 from subscriber u where u.address_hash = suppression.address_hash)
            """;

    /** People whose last subscription ended before an instant, in the order of their ids, after this one. */
    List<SubscriberId> find(Handle handle, Instant before, long after, int max) {
        return handle.createQuery(
                        "select u.id from subscriber u where u.id > :after and " + ENDED + " order by u.id limit :max")
                .bind("after", after)
                .bind("before", before)
                .bind("max", max)
                .map((row, context) -> new SubscriberId(row.getLong("id")))
                .list();
    }

    boolean isEnded(Handle handle, SubscriberId id, Instant before) {
        return handle.createQuery("select 1 from subscriber u where u.id = :id and " + ENDED)
                .bind("id", id.value())
                .bind("before", before)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    long count(Handle handle, Instant before) {
        return handle.createQuery("select count(*) from subscriber u where " + ENDED)
                .bind("before", before)
                .mapTo(Long.class)
                .one();
    }

    /** Suppressions of people who are no subscribers (never were, or not any more) and whose address is still there in clear. */
    long countLeftover(Handle handle, Instant before) {
        return handle.createQuery("select count(*) from suppression where " + LEFTOVER)
                .bind("before", before)
                .mapTo(Long.class)
                .one();
    }

    /** Forgets these addresses; the hashes go on to be in force. */
    long forgetLeftover(Handle handle, Instant before) {
        return handle.createUpdate("update suppression set address = null where " + LEFTOVER)
                .bind("before", before)
                .execute();
    }
}
