package dev.rooster.subscriber;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code orphan_refusal}: refusals by links whose person this database does not know (restored from an older backup,
 * or erased). They are in force when that person turns up again. Stateless and thread-safe.
 */
public final class JdbiOrphanRefusals {
    /**
     * Keeps a refusal; the second of the same person changes nothing.
     *
     * @return whether it is new
     */
    public boolean add(Handle handle, long newsletterPublicId, long subscriberPublicId, Instant at) {
        return handle.createUpdate("""
                                insert into orphan_refusal (newsletter_public_id, subscriber_public_id, at)
                                select :newsletter, :subscriber, cast(:at as timestamp(6) with time zone)
                                where not exists (select 1 from orphan_refusal
                                  where newsletter_public_id = :newsletter and subscriber_public_id = :subscriber)
                                """)
                        .bind("newsletter", newsletterPublicId)
                        .bind("subscriber", subscriberPublicId)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    /** Takes one back, as when its person confirms again. */
    public boolean remove(Handle handle, NewsletterId newsletter, long subscriberPublicId) {
        return handle.createUpdate("""
                                delete from orphan_refusal where subscriber_public_id = :subscriber
                                  and newsletter_public_id = (select public_id from newsletter where id = :newsletter)
                                """)
                        .bind("newsletter", newsletter.value())
                        .bind("subscriber", subscriberPublicId)
                        .execute()
                == 1;
    }

    /** Those of the given people (public ids) who refused this newsletter. */
    public Set<Long> findAmong(Handle handle, NewsletterId newsletter, Collection<Long> subscriberPublicIds) {
        if (subscriberPublicIds.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(handle.createQuery("""
                        select o.subscriber_public_id
                        from unnest(cast(:subscribers as bigint array)) as wanted (id)
                        join orphan_refusal o on o.subscriber_public_id = wanted.id
                        where o.newsletter_public_id = (select public_id from newsletter where id = :newsletter)
                        """)
                .bind("newsletter", newsletter.value())
                .bindArray("subscribers", Long.class, List.copyOf(subscriberPublicIds))
                .mapTo(Long.class)
                .list());
    }

    /** Whether there is any at all: mostly not, and then no batch of an import need look. */
    public boolean any(Handle handle) {
        return handle.createQuery("select 1 from orphan_refusal limit 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
