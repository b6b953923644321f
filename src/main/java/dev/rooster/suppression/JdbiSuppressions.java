package dev.rooster.suppression;

import dev.rooster.db.Columns;
import dev.rooster.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The table {@code suppression}. Stateless and thread-safe; every method works in the caller's transaction. */
public final class JdbiSuppressions {
    private static final int SOURCE_CHARS_MAX = 200;
    private static final int FETCH_ROWS = 1_000;
    private static final String COLUMNS = "address_hash, newsletter_id, reason, since, source, address";

    /**
     * Adds a suppression, or strengthens the one that exists in its scope; a weaker reason changes nothing.
     *
     * @return whether a row was written
     */
    public boolean add(Handle handle, Suppression suppression) {
        return strengthen(handle, suppression) || insert(handle, suppression);
    }

    private static boolean strengthen(Handle handle, Suppression suppression) {
        List<String> weaker = suppression.reason().weaker();
        return !weaker.isEmpty()
                && handle.createUpdate("""
                                        update suppression set reason = :reason, since = :since, source = :source, address = :address
                                        where address_hash = :hash and newsletter_id = :newsletter and reason in (<weaker>)
                                        """)
                                .bindList("weaker", weaker)
                                .bindMap(values(suppression))
                                .execute()
                        == 1;
    }

    private static boolean insert(Handle handle, Suppression suppression) {
        return handle.createUpdate("""
                                insert into suppression (address_hash, newsletter_id, reason, since, source, address)
                                select :hash, :newsletter, :reason, cast(:since as timestamp(6) with time zone), :source, :address
                                where not exists
                                  (select 1 from suppression where address_hash = :hash and newsletter_id = :newsletter)
                                """).bindMap(values(suppression)).execute() == 1;
    }

    private static Map<String, Object> values(Suppression suppression) {
        Map<String, Object> values = new HashMap<>();
        values.put("hash", suppression.addressHash());
        values.put("newsletter", suppression.scope().newsletterId());
        values.put("reason", suppression.reason().text());
        values.put("since", suppression.since());
        values.put("source", cut(suppression.source()));
        values.put("address", suppression.address());
        return values;
    }

    private static String cut(String source) {
        return source.length() <= SOURCE_CHARS_MAX ? source : source.substring(0, SOURCE_CHARS_MAX);
    }

    /**
     * What keeps this newsletter from mailing an address: a suppression for the newsletter or for all, the stronger of the
     * two. In set-based statements write instead: {@code exists (select 1 from suppression x where x.address_hash =
     * s.address_hash and x.newsletter_id in (0, :newsletter))}.
     */
    public Optional<Suppression> find(Handle handle, String addressHash, NewsletterId newsletter) {
        return findAll(handle, addressHash).stream()
                .filter(found -> found.scope().isAll() || found.scope().newsletterId() == newsletter.value())
                .max((a, b) -> a.reason().compareTo(b.reason()));
    }

    /** Every suppression of an address, in any scope. */
    public List<Suppression> findAll(Handle handle, String addressHash) {
        return handle.createQuery(
                        "select " + COLUMNS + " from suppression where address_hash = :hash order by newsletter_id")
                .bind("hash", addressHash)
                .map((row, context) -> read(row))
                .list();
    }

    /** The strongest reason per hash among many, for one newsletter; hashes without one are absent. */
    public Map<String, SuppressionReason> findReasons(
            Handle handle, Collection<String> addressHashes, NewsletterId newsletter) {
        Map<String, SuppressionReason> reasons = new HashMap<>();
        if (!addressHashes.isEmpty()) {
            handle.createQuery("""
                            select s.address_hash, s.reason
                            from unnest(cast(:hashes as varchar array)) as wanted (hash)
                            join suppression s on s.address_hash = wanted.hash
                            where s.newsletter_id in (0, :newsletter)
                            """)
                    .bind("newsletter", newsletter.value())
                    .bindArray("hashes", String.class, List.copyOf(addressHashes))
                    .map((row, context) -> Map.entry(row.getString(1), SuppressionReason.of(row.getString(2))))
                    .forEach(found ->
                            reasons.merge(found.getKey(), found.getValue(), (a, b) -> a.compareTo(b) >= 0 ? a : b));
        }
        return reasons;
    }

    /** Removes one scope's suppression of an address, whatever its reason. */
    public boolean remove(Handle handle, String addressHash, SuppressionScope scope) {
        return handle.createUpdate("delete from suppression where address_hash = :hash and newsletter_id = :newsletter")
                        .bind("hash", addressHash)
                        .bind("newsletter", scope.newsletterId())
                        .execute()
                > 0;
    }

    /** Forgets the clear address of a person's suppressions; the hash keeps working. */
    public void forgetAddress(Handle handle, String addressHash) {
        handle.createUpdate("update suppression set address = null where address_hash = :hash")
                .bind("hash", addressHash)
                .execute();
    }

    /**
     * Hands every suppression to {@code each}, oldest first, without holding them in memory.
     *
     * @param scope only this scope; null: all of them
     * @param reason only this reason; null: any
     * @return how many there were
     */
    public long forEach(Handle handle, SuppressionScope scope, SuppressionReason reason, Consumer<Suppression> each) {
        long[] count = {0};
        handle.createQuery("select " + COLUMNS + """
                         from suppression
                        where (:scope = -1 or newsletter_id = :scope) and (:reason = '' or reason = :reason)
                        order by id
                        """)
                .bind("scope", scope == null ? -1 : scope.newsletterId())
                .bind("reason", reason == null ? "" : reason.text())
                .setFetchSize(FETCH_ROWS)
                .map((row, context) -> read(row))
                .forEach(suppression -> {
                    count[0]++;
                    each.accept(suppression);
                });
        return count[0];
    }

    private static Suppression read(ResultSet row) throws SQLException {
        Instant since = Columns.instant(row, "since");
        return new Suppression(
                row.getString("address_hash"),
                new SuppressionScope(row.getLong("newsletter_id")),
                SuppressionReason.of(row.getString("reason")),
                since,
                row.getString("source"),
                row.getString("address"));
    }
}
