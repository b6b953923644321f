package dev.rooster.db;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The one row of {@code installation}. Thread-safe. */
final class JdbiInstallation {
    private final Jdbi jdbi;

    JdbiInstallation(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    record Row(String installationId, long epoch, boolean held, String heldReason) {}

    Optional<Row> find() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select installation_id, epoch, held, held_reason from installation where id = 1")
                .map((row, context) -> new Row(
                        row.getString("installation_id"),
                        row.getLong("epoch"),
                        row.getBoolean("held"),
                        row.getString("held_reason")))
                .findOne());
    }

    /** Inserts the row with epoch 0, "no folder yet"; another process that was faster wins. */
    void insert(String installationId, Instant at) {
        try {
            jdbi.useHandle(handle -> handle.createUpdate("""
                            insert into installation (id, installation_id, epoch, created_at)
                            values (1, :installationId, 0, :at)
                            """)
                    .bind("installationId", installationId)
                    .bind("at", at)
                    .execute());
        } catch (JdbiException e) {
            if (!Database.isConstraintViolation(e)) {
                throw e;
            }
        }
    }

    void hold(String reason) {
        jdbi.useHandle(
                handle -> handle.createUpdate("update installation set held = true, held_reason = :reason where id = 1")
                        .bind("reason", reason)
                        .execute());
    }

    void release(long epoch) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update installation set held = false, held_reason = null, epoch = :epoch where id = 1")
                .bind("epoch", epoch)
                .execute());
    }
}
