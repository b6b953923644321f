package dev.rooster.subscriber;

import dev.rooster.suppression.RefusalEntry;
import dev.rooster.suppression.RefusalLog;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Tells a restored database what the refusal log knows and it does not: each person's last word per newsletter is applied, in one
 * transaction. Running it twice changes nothing more. Thread-safe.
 */
public final class JdbiRefusalReplay {
    private final Jdbi jdbi;

    public JdbiRefusalReplay(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private record Place(long newsletterPublicId, String hash) {}

    /**
     * Replays the log.
     *
     * @return how many people's refusals were new to the database
     */
    public long replay(RefusalLog log) {
        Map<Place, RefusalEntry> lastWords = new LinkedHashMap<>();
        log.forEach(entry -> lastWords.put(new Place(entry.newsletterPublicId(), entry.addressHash()), entry));
        return jdbi.inTransaction(handle -> lastWords.values().stream()
                .filter(entry -> entry.kind() != RefusalEntry.Kind.LIFTED)
                .filter(entry -> apply(handle, entry))
                .count());
    }

    /** Whether it changed anything. */
    private static boolean apply(Handle handle, RefusalEntry entry) {
        if (entry.addressHash().length() == 16) {
            return orphan(handle, entry) > 0;
        }
        int changed = suppress(handle, entry.addressHash(), entry.newsletterPublicId(), reason(entry), entry.at());
        changed += handle.createUpdate("""
                        update subscription set state = :state, since = :at, source = 'refusal-log'
                        where state in ('pending', 'active')
                          and subscriber_id in (select id from subscriber where address_hash = :hash)
                          and (:newsletter = 0
                            or newsletter_id = (select id from newsletter where public_id = :newsletter))
                        """)
                .bind("state", entry.kind() == RefusalEntry.Kind.COMPLAINED ? "complained" : "unsubscribed")
                .bind("at", entry.at())
                .bind("hash", entry.addressHash())
                .bind("newsletter", entry.newsletterPublicId())
                .execute();
        return changed > 0;
    }

    private static int orphan(Handle handle, RefusalEntry entry) {
        return handle.createUpdate("""
                        insert into orphan_refusal (newsletter_public_id, subscriber_public_id, at)
                        select :newsletter, :subscriber, cast(:at as timestamp(6) with time zone)
                        where not exists (select 1 from orphan_refusal
                          where newsletter_public_id = :newsletter and subscriber_public_id = :subscriber)
                        """)
                .bind("newsletter", entry.newsletterPublicId())
                .bind("subscriber", Long.parseUnsignedLong(entry.addressHash(), 16))
                .bind("at", entry.at())
                .execute();
    }

    private static int suppress(Handle handle, String hash, long newsletter, String reason, Instant at) {
        return handle.createUpdate("""
                        insert into suppression (address_hash, newsletter_id, reason, since, source)
                        select :hash, s.scope, :reason, cast(:at as timestamp(6) with time zone), 'refusal-log'
                        from (select coalesce((select id from newsletter where public_id = :newsletter), 0) as scope) s
                        where not exists (select 1 from suppression x
                          where x.address_hash = :hash and x.newsletter_id in (0, s.scope))
                        """)
                .bind("hash", hash)
                .bind("newsletter", newsletter)
                .bind("reason", reason)
                .bind("at", at)
                .execute();
    }

    private static String reason(RefusalEntry entry) {
        return switch (entry.kind()) {
            case COMPLAINED -> "complaint";
            case ERASED -> "erased";
            case SUPPRESSED -> "manual";
            default -> "unsubscribed";
        };
    }
}
