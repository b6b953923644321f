package dev.rooster.db;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code audit}: who did what that matters later. Rows are only added. Stateless and thread-safe; it works in the
 * caller's transaction.
 */
public final class JdbiAudit {
    private static final int DETAIL_CHARS_MAX = 2_000;

    /**
     * Adds a row.
     *
     * @param actor who, such as {@code cli:minsu}
     * @param action what, a command's name such as {@code subscriber export}
     * @param detail no whole address and no secret; longer than 2,000 characters it is cut
     */
    public void record(Handle handle, Instant at, String actor, String action, String detail) {
        handle.createUpdate("insert into audit (at, actor, action, detail) values (:at, :actor, :action, :detail)")
                .bind("at", at)
                .bind("actor", actor)
                .bind("action", action)
                .bind("detail", detail.length() <= DETAIL_CHARS_MAX ? detail : detail.substring(0, DETAIL_CHARS_MAX))
                .execute();
    }
}
