package dev.rooster.subscriber;

import dev.rooster.token.AddressHash;
import org.jdbi.v3.core.Handle;

/** Whether a folder's keys are those that the database's hashes were made with. Holds no state. */
public final class JdbiKeyCheck {
    private JdbiKeyCheck() {}

    /** True also where nobody is in the database yet. */
    public static boolean agrees(Handle handle, AddressHash hash) {
        return handle.createQuery("select address_key, address_hash from subscriber order by id limit 1")
                .map((row, context) -> hash.of(row.getString("address_key")).equals(row.getString("address_hash")))
                .findOne()
                .orElse(true);
    }
}
