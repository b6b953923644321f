package dev.rooster.subscriber;

import dev.rooster.db.Columns;
import dev.rooster.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The tables {@code subscription} and {@code consent}. Stateless and thread-safe; every method works in the caller's
 * transaction.
 */
public final class JdbiSubscriptions {
    public Optional<Subscription> find(Handle handle, NewsletterId newsletter, SubscriberId subscriber) {
        return findAll(handle, subscriber).stream()
                .filter(subscription -> subscription.newsletter().equals(newsletter))
                .findFirst();
    }

    public List<Subscription> findAll(Handle handle, SubscriberId subscriber) {
        return handle.createQuery("""
                        select newsletter_id, subscriber_id, state, since, source from subscription
                        where subscriber_id = :subscriber order by newsletter_id
                        """)
                .bind("subscriber", subscriber.value())
                .map((row, context) -> new Subscription(
                        new NewsletterId(row.getLong("newsletter_id")),
                        new SubscriberId(row.getLong("subscriber_id")),
                        SubscriptionState.of(row.getString("state")),
                        Columns.instant(row, "since"),
                        row.getString("source")))
                .list();
    }

    /**
     * Moves a subscription to a state if it is in one of others.
     *
     * @param from the states it may leave; none: any state but the new one
     * @return whether a row changed
     */
    public boolean move(
            Handle handle,
            NewsletterId newsletter,
            SubscriberId subscriber,
            SubscriptionState to,
            Instant since,
            String source,
            SubscriptionState... from) {
        List<String> leaving = Arrays.stream(from.length == 0 ? SubscriptionState.values() : from)
                .filter(state -> state != to)
                .map(SubscriptionState::text)
                .toList();
        return handle.createUpdate("""
                                update subscription set state = :to, since = :since, source = :source
                                where newsletter_id = :newsletter and subscriber_id = :subscriber and state in (<leaving>)
                                """)
                        .bind("to", to.text())
                        .bind("since", since)
                        .bind("source", source)
                        .bind("newsletter", newsletter.value())
                        .bind("subscriber", subscriber.value())
                        .bindList("leaving", leaving)
                        .execute()
                == 1;
    }

    /** Adds a subscription where none exists; an existing one stays as it is. */
    public boolean insertIfAbsent(Handle handle, Subscription subscription) {
        return handle.createUpdate("""
                                insert into subscription (newsletter_id, subscriber_id, state, since, source)
                                select :newsletter, :subscriber, :state, cast(:since as timestamp(6) with time zone), :source
                                where not exists (select 1 from subscription
                                  where newsletter_id = :newsletter and subscriber_id = :subscriber)
                                """)
                        .bind("newsletter", subscription.newsletter().value())
                        .bind("subscriber", subscription.subscriber().value())
                        .bind("state", subscription.state().text())
                        .bind("since", subscription.since())
                        .bind("source", subscription.source())
                        .execute()
                == 1;
    }

    /** Every piece of evidence of a person, oldest first. */
    public List<Consent> consents(Handle handle, SubscriberId subscriber) {
        return handle.createQuery("""
                        select newsletter_id, kind, at, method, source, shown_text, ip, user_agent from consent
                        where subscriber_id = :subscriber order by at, id
                        """)
                .bind("subscriber", subscriber.value())
                .map(JdbiSubscriptions::readConsent)
                .list();
    }

    /** Whether the person ever agreed to this newsletter. */
    boolean everGranted(Handle handle, NewsletterId newsletter, SubscriberId subscriber) {
        return handle.createQuery("""
                        select 1 from consent where subscriber_id = :subscriber and newsletter_id = :newsletter
                          and kind = 'granted' limit 1
                        """)
                .bind("subscriber", subscriber.value())
                .bind("newsletter", newsletter.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    public void record(
            Handle handle, NewsletterId newsletter, SubscriberId subscriber, ConsentKind kind, Evidence evidence) {
        handle.createUpdate("""
                        insert into consent (newsletter_id, subscriber_id, kind, at, method, source, shown_text, ip, user_agent)
                        values (:newsletter, :subscriber, :kind, :at, :method, :source, :shownText, :ip, :userAgent)
                        """)
                .bind("newsletter", newsletter.value())
                .bind("subscriber", subscriber.value())
                .bind("kind", kind.text())
                .bind("at", evidence.at())
                .bind("method", evidence.method().text())
                .bind("source", evidence.source())
                .bind("shownText", evidence.shownText())
                .bind("ip", evidence.ip())
                .bind("userAgent", evidence.userAgent())
                .execute();
    }

    private static Consent readConsent(ResultSet row, StatementContext context) throws SQLException {
        return new Consent(
                new NewsletterId(row.getLong("newsletter_id")),
                ConsentKind.of(row.getString("kind")),
                Columns.instant(row, "at"),
                row.getString("method"),
                row.getString("source"),
                row.getString("shown_text"),
                row.getString("ip"),
                row.getString("user_agent"));
    }
}
