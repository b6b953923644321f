package dev.rooster.report;

import dev.rooster.db.Columns;
import dev.rooster.subscriber.JdbiSubscriptions;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.suppression.JdbiSuppressions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Collects everything about one person. Thread-safe. */
public final class JdbiPersonFile {
    private final Jdbi jdbi;
    private final JdbiRecipients recipients;
    private final JdbiSubscriptions subscriptions = new JdbiSubscriptions();
    private final JdbiSuppressions suppressions = new JdbiSuppressions();

    public JdbiPersonFile(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.recipients = new JdbiRecipients(jdbi);
    }

    public PersonFile get(Subscriber person) {
        long id = person.id().value();
        return jdbi.inTransaction(handle -> new PersonFile(
                person,
                newsletters(handle),
                subscriptions.findAll(handle, person.id()),
                subscriptions.consents(handle, person.id()),
                suppressions.findAll(handle, person.addressHash()),
                recipients.of(handle, id),
                attempts(handle, id),
                bounces(handle, id),
                votes(handle, id),
                notices(handle, person.addressHash())));
    }

    private static Map<Long, String> newsletters(Handle handle) {
        Map<Long, String> names = new TreeMap<>();
        handle.createQuery("select id, name from newsletter")
                .map((row, context) -> Map.entry(row.getLong(1), row.getString(2)))
                .forEach(entry -> names.put(entry.getKey(), entry.getValue()));
        return names;
    }

    private static List<PersonFile.Attempt> attempts(Handle handle, long subscriber) {
        return handle.createQuery("""
                        select a.edition_id, a.at, a.relay, a.outcome, a.reply_code, a.reply
                        from delivery d join attempt a on a.edition_id = d.edition_id and a.seq = d.seq
                        where d.subscriber_id = :subscriber order by a.at, a.id
                        """)
                .bind("subscriber", subscriber)
                .map((row, context) -> {
                    int code = row.getInt("reply_code");
                    Integer replyCode = row.wasNull() ? null : Integer.valueOf(code);
                    return new PersonFile.Attempt(
                            row.getLong("edition_id"),
                            Columns.instant(row, "at"),
                            row.getString("relay"),
                            row.getString("outcome"),
                            replyCode,
                            row.getString("reply"));
                })
                .list();
    }

    private static List<PersonFile.Bounce> bounces(Handle handle, long subscriber) {
        return handle.createQuery("""
                        select received_at, kind, edition_id, verdict, status, diagnostic from bounce
                        where subscriber_id = :subscriber order by received_at, id
                        """)
                .bind("subscriber", subscriber)
                .map((row, context) -> {
                    long id = row.getLong("edition_id");
                    Long edition = row.wasNull() ? null : Long.valueOf(id);
                    return new PersonFile.Bounce(
                            Columns.instant(row, "received_at"),
                            row.getString("kind"),
                            edition,
                            row.getString("verdict"),
                            row.getString("status"),
                            row.getString("diagnostic"));
                })
                .list();
    }

    private static List<PersonFile.Vote> votes(Handle handle, long subscriber) {
        return handle.createQuery(
                        "select edition_id, at, vote, comment from feedback where subscriber_id = :subscriber order by at")
                .bind("subscriber", subscriber)
                .map((row, context) -> new PersonFile.Vote(
                        row.getLong("edition_id"),
                        Columns.instant(row, "at"),
                        row.getString("vote"),
                        row.getString("comment")))
                .list();
    }

    private static List<PersonFile.Notice> notices(Handle handle, String addressHash) {
        return handle.createQuery("""
                        select created_at, kind, state, reply, arrival from notice where person_hash = :hash
                        order by created_at, id
                        """)
                .bind("hash", addressHash)
                .map((row, context) -> new PersonFile.Notice(
                        Columns.instant(row, "created_at"),
                        row.getString("kind"),
                        row.getString("state"),
                        row.getString("reply"),
                        row.getString("arrival")))
                .list();
    }
}
