package dev.rooster.subscriber.csv;

import dev.rooster.db.Columns;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.Attributes;
import dev.rooster.subscriber.SubscriptionState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads the people of a newsletter page by page, by their row ids. Stateless and thread-safe. */
final class JdbiExport {
    private static final int PAGE_ROWS = 2_000;

    /**
     * One person.
     *
     * @param since of a state of refusal; null of the others
     * @param consentAt when the person last agreed (asked, while pending); null: no evidence
     */
    record Exported(
            long id,
            String address,
            String name,
            String language,
            Map<String, String> attributes,
            SubscriptionState state,
            Instant since,
            Instant consentAt,
            String consentSource) {}

    /** Takes one page. */
    @FunctionalInterface
    interface Pages<X extends Exception> {
        void accept(List<Exported> page) throws X;
    }

    private final Jdbi jdbi;
    private final NewsletterId newsletter;
    private final String state;

    /** @param state only people in this state; null: all */
    JdbiExport(Jdbi jdbi, NewsletterId newsletter, SubscriptionState state) {
        this.jdbi = jdbi;
        this.newsletter = newsletter;
        this.state = state == null ? "" : state.text();
    }

    long count() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*) from subscription
                        where newsletter_id = :newsletter and (:state = '' or state = :state)
                        """)
                .bind("newsletter", newsletter.value())
                .bind("state", state)
                .mapTo(Long.class)
                .one());
    }

    /** The names of all attributes that anyone of them has. */
    SortedSet<String> attributeNames() {
        SortedSet<String> names = new TreeSet<>();
        forEachPage(
                page -> page.forEach(person -> names.addAll(person.attributes().keySet())));
        return names;
    }

    <X extends Exception> void forEachPage(Pages<X> pages) throws X {
        long after = 0;
        while (true) {
            long from = after;
            List<Exported> page = jdbi.withHandle(handle -> page(handle, from));
            if (page.isEmpty()) {
                return;
            }
            pages.accept(page);
            after = page.get(page.size() - 1).id();
        }
    }

    private List<Exported> page(Handle handle, long after) {
        return handle.createQuery("""
                        select s.id, s.address, s.name, s.language, s.attributes, n.state, n.since, c.at, c.source
                        from subscriber s
                        join subscription n on n.subscriber_id = s.id and n.newsletter_id = :newsletter
                        left join consent c on c.id = (
                          select e.id from consent e
                          where e.subscriber_id = s.id and e.newsletter_id = :newsletter
                            and (e.kind in ('granted', 'kept') or n.state = 'pending' and e.kind = 'requested')
                          order by e.at desc, e.id desc limit 1)
                        where s.id > :after and (:state = '' or n.state = :state)
                        order by s.id limit :limit
                        """)
                .bind("newsletter", newsletter.value())
                .bind("state", state)
                .bind("after", after)
                .bind("limit", PAGE_ROWS)
                .map(JdbiExport::read)
                .list();
    }

    private static Exported read(ResultSet row, StatementContext context) throws SQLException {
        SubscriptionState state = SubscriptionState.of(row.getString("state"));
        return new Exported(
                row.getLong("id"),
                row.getString("address"),
                row.getString("name"),
                row.getString("language"),
                Attributes.of(row.getString("attributes")),
                state,
                state.refused() ? Columns.instant(row, "since") : null,
                Columns.instant(row, "at"),
                row.getString("source"));
    }
}
