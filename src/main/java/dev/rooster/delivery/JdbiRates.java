package dev.rooster.delivery;

import dev.rooster.db.Columns;
import dev.rooster.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The tables {@code rate_bucket} and {@code rate_use}. One short transaction, about twice a second while a limited rate is in
 * use; the rows of the rates are locked meanwhile. Times are the database's, so that nodes' clocks don't matter. Thread-safe.
 */
public final class JdbiRates implements RateStore {
    private static final Duration KEPT = Duration.ofDays(2);

    private final Database database;
    private final Function<Handle, Instant> clock;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    public JdbiRates(Database database) {
        this(database, database::now);
    }

    /** @param clock the time by which all nodes go */
    JdbiRates(Database database, Function<Handle, Instant> clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public List<RateGrant> reserve(List<RateAsk> asks) {
        asks.forEach(ask -> known.computeIfAbsent(ask.key().text(), this::insert));
        // always in the same order, so that two nodes never wait for each other
        List<RateAsk> sorted = new ArrayList<>(asks);
        sorted.sort(Comparator.comparing(ask -> ask.key().text()));
        return database.jdbi()
                .inTransaction(handle ->
                        sorted.stream().map(ask -> reserve(handle, ask)).toList());
    }

    /** Makes the row, unless it is there; in a transaction of its own, which another node may be faster with. */
    private boolean insert(String bucket) {
        try {
            return database.jdbi()
                    .inTransaction(handle ->
                            handle.createUpdate("""
                            insert into rate_bucket (bucket) select cast(:bucket as varchar(80))
                            where not exists (select 1 from rate_bucket where bucket = :bucket)
                            """).bind("bucket", bucket).execute() >= 0);
        } catch (RuntimeException e) {
            if (Database.isConstraintViolation(e)) {
                return true;
            }
            throw e;
        }
    }

    private record Bucket(Instant next) {}

    private RateGrant reserve(Handle handle, RateAsk ask) {
        String bucket = ask.key().text();
        Bucket row = lock(handle, bucket);
        Instant now = clock.apply(handle);
        count(handle, ask, -ask.returned(), now);
        RateGrant grant = RateGrant.decide(ask, row.next(), limit -> used(handle, bucket, limit.period(), now), now);
        if (grant.messages() > 0) {
            count(handle, ask, grant.messages(), now);
            if (!grant.interval().isZero()) {
                handle.createUpdate("update rate_bucket set next_at = :next where bucket = :bucket")
                        .bind("next", grant.nextAfter(now))
                        .bind("bucket", bucket)
                        .execute();
            }
        }
        return grant;
    }

    private static Bucket lock(Handle handle, String bucket) {
        return handle.createQuery("select next_at from rate_bucket where bucket = :bucket for update")
                .bind("bucket", bucket)
                .map((row, context) -> new Bucket(Columns.instant(row, "next_at")))
                .one();
    }

    private static long used(Handle handle, String bucket, RateLimit.Period period, Instant now) {
        return handle.createQuery("""
                        select coalesce(sum(used), 0) from rate_use
                        where bucket = :bucket and period = :period and slot_at > :since
                        """)
                .bind("bucket", bucket)
                .bind("period", word(period))
                .bind("since", period.windowStart(now))
                .mapTo(Long.class)
                .one();
    }

    private static String word(RateLimit.Period period) {
        return period.name().toLowerCase(Locale.ROOT);
    }

    private static void count(Handle handle, RateAsk ask, long messages, Instant now) {
        if (messages == 0) {
            return;
        }
        for (RateLimit limit : ask.limits()) {
            if (!limit.period().spread()) {
                count(handle, ask.key().text(), limit.period(), messages, now);
            }
        }
    }

    private static void count(Handle handle, String bucket, RateLimit.Period period, long messages, Instant now) {
        Instant slotAt = period.slotAt(now);
        int updated = handle.createUpdate("""
                        update rate_use set used = used + :messages
                        where bucket = :bucket and period = :period and slot_at = :slot
                        """)
                .bind("messages", messages)
                .bind("bucket", bucket)
                .bind("period", word(period))
                .bind("slot", slotAt)
                .execute();
        if (updated == 0) {
            handle.createUpdate("delete from rate_use where bucket = :bucket and slot_at < :old")
                    .bind("bucket", bucket)
                    .bind("old", now.minus(KEPT))
                    .execute();
            handle.execute("insert into rate_use values (?, ?, ?, ?)", bucket, word(period), slotAt, messages);
        }
    }
}
