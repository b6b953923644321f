package dev.rooster.delivery;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What sending needs to know of the installation's row. */
final class JdbiInstallation {
    /** Why the database is held and nothing may start; empty when it is not. */
    Optional<String> heldReason(Handle handle) {
        return handle.createQuery("select coalesce(held_reason, '') from installation where id = 1 and held")
                .mapTo(String.class)
                .findOne();
    }

    /** The epoch that editions started now belong to; renewed at each take-over. */
    long epoch(Handle handle) {
        return handle.createQuery("select epoch from installation where id = 1")
                .mapTo(Long.class)
                .one();
    }
}
