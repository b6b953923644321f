package dev.rooster.db;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The one row of {@code installation}: who the database belongs to, and whether it may send. Holds no state. */
public final class JdbiInstallation {
    record Row(String installationId, long epoch, boolean held, String heldReason) {}

    /** Why the database is held and nothing may start; empty when it is not. */
    public Optional<String> heldReason(Handle handle) {
        return handle.createQuery("select coalesce(held_reason, '') from installation where id = 1 and held")
                .mapTo(String.class)
                .findOne();
    }

    /** The epoch that editions started now belong to; renewed at each take-over. */
    public long epoch(Handle handle) {
        return handle.createQuery("select epoch from installation where id = 1")
                .mapTo(Long.class)
                .one();
    }

    Optional<Row> find(Handle handle) {
        return handle.createQuery("select installation_id, epoch, held, held_reason from installation where id = 1")
                .map((row, context) -> new Row(
                        row.getString("installation_id"),
                        row.getLong("epoch"),
                        row.getBoolean("held"),
                        row.getString("held_reason")))
                .findOne();
    }

    /** Inserts the row with epoch 0, "no folder yet"; fails where another process was faster. */
    void insert(Handle handle, String installationId, Instant at) {
        handle.createUpdate("""
                        insert into installation (id, installation_id, epoch, created_at)
                        values (1, :installationId, 0, :at)
                        """)
                .bind("installationId", installationId)
                .bind("at", at)
                .execute();
    }

    /** The nodes that are alive by the database's clock, and the ends of their leases. */
    Map<String, Instant> livingNodes(Handle handle, Instant databaseNow) {
        return handle.createQuery("select owner, lease_until from sending_node where lease_until > :now")
                .bind("now", databaseNow)
                .map((row, context) -> Map.entry(row.getString("owner"), Columns.instant(row, "lease_until")))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    void hold(Handle handle, String reason) {
        handle.createUpdate("update installation set held = true, held_reason = :reason where id = 1")
                .bind("reason", reason)
                .execute();
    }

    void release(Handle handle, long epoch) {
        handle.createUpdate("update installation set held = false, held_reason = null, epoch = :epoch where id = 1")
                .bind("epoch", epoch)
                .execute();
    }
}
