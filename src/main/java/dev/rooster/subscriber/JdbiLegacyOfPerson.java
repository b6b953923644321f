package dev.rooster.subscriber;

import dev.rooster.newsletter.NewsletterId;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.Suppression;
import dev.rooster.suppression.SuppressionScope;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What other features' tables hold about a person, and what must go when the person is erased. It is SQL on tables that this
 * package does not own, because erasing must be one transaction and those features stand above this one.
 */
final class JdbiLegacyOfPerson {
    private static final List<String> FORGET = List.of(
            // a relay's reply may quote the address; its code stays
            "update attempt set reply = null where (edition_id, seq) in"
                    + " (select edition_id, seq from delivery where subscriber_id = :id)",
            "update delivery set reply = null where subscriber_id = :id",
            "update bounce set address = null, diagnostic = null where subscriber_id = :id",
            // the vote is a number in a sum; the comment is the person's own words
            "update feedback set comment = null where subscriber_id = :id",
            "delete from stop_request where subscriber_id = :id",
            "delete from notice where person_hash = :hash");

    void forget(Handle handle, SubscriberId id, String addressHash) {
        for (String sql : FORGET) {
            var update = handle.createUpdate(sql);
            if (sql.contains(":id")) {
                update.bind("id", id.value());
            } else {
                update.bind("hash", addressHash);
            }
            update.execute();
        }
    }

    /** Keeps a lifted refusal of all newsletters in force for every newsletter but one. */
    void suppressOthers(Handle handle, Suppression ofAll, NewsletterId except) {
        JdbiSuppressions suppressions = new JdbiSuppressions();
        handle.createQuery("select id from newsletter where id <> :except")
                .bind("except", except.value())
                .mapTo(Long.class)
                .list()
                .forEach(newsletter -> suppressions.add(
                        handle,
                        new Suppression(
                                ofAll.addressHash(),
                                new SuppressionScope(newsletter),
                                ofAll.reason(),
                                ofAll.since(),
                                ofAll.source(),
                                ofAll.address())));
    }

    long newsletterPublicId(Handle handle, NewsletterId newsletter) {
        return handle.createQuery("select public_id from newsletter where id = :id")
                .bind("id", newsletter.value())
                .mapTo(Long.class)
                .one();
    }
}
