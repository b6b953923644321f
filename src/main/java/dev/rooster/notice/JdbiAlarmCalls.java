package dev.rooster.notice;

import dev.rooster.db.Columns;
import dev.rooster.db.Database;
import dev.rooster.db.Dialect;
import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** The table {@code alarm_call}. Stateless and thread-safe; every method works in the caller's transaction. */
final class JdbiAlarmCalls {
    private static final int SUBJECT_CHARS_MAX = 500;

    private final Dialect dialect;

    JdbiAlarmCalls(Dialect dialect) {
        this.dialect = dialect;
    }

    /** False when it is there already. */
    boolean insert(Handle handle, NewsletterId newsletter, String cause, String subject, String body, Instant now) {
        // A constraint violation ends a transaction on PostgreSQL, and only the statement on H2.
        String orNothing = dialect == Dialect.POSTGRESQL ? " on conflict (newsletter_id, cause) do nothing" : "";
        try {
            return handle.createUpdate("""
                                    insert into alarm_call (newsletter_id, cause, subject, body, state, next_attempt_at, created_at)
                                    values (:newsletter, :cause, :subject, :body, 'queued', :now, :now)
                                    """ + orNothing)
                            .bind("newsletter", newsletter.value())
                            .bind("cause", cause)
                            .bind("subject", subject.substring(0, Math.min(subject.length(), SUBJECT_CHARS_MAX)))
                            .bind("body", body)
                            .bind("now", now)
                            .execute()
                    == 1;
        } catch (JdbiException e) {
            if (dialect == Dialect.H2 && Database.isConstraintViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    /** What is due, oldest first. */
    List<AlarmCall> due(Handle handle, Instant now, int limit) {
        return handle.createQuery("""
                        select id, newsletter_id, subject, body, attempts, created_at from alarm_call
                        where state = 'queued' and next_attempt_at <= :now
                        order by next_attempt_at, id fetch first :limit rows only
                        """)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new AlarmCall(
                        row.getLong("id"),
                        new NewsletterId(row.getLong("newsletter_id")),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getInt("attempts"),
                        Columns.instant(row, "created_at")))
                .list();
    }

    /** Takes one try on itself; of two nodes that saw the same row one gets it. */
    boolean take(Handle handle, AlarmCall call, Instant next) {
        return handle.createUpdate("""
                                update alarm_call set attempts = attempts + 1, next_attempt_at = :next
                                where id = :id and state = 'queued' and attempts = :attempts
                                """)
                        .bind("next", next)
                        .bind("id", call.id())
                        .bind("attempts", call.attempts())
                        .execute()
                == 1;
    }

    void accepted(Handle handle, AlarmCall call) {
        handle.createUpdate("update alarm_call set state = 'accepted' where id = :id")
                .bind("id", call.id())
                .execute();
    }

    /** Gives up what is older than {@code before}, and forgets what is over. */
    void expire(Handle handle, Instant before, Instant forget) {
        handle.createUpdate("update alarm_call set state = 'expired' where state = 'queued' and created_at < :before")
                .bind("before", before)
                .execute();
        handle.createUpdate("update alarm_call set body = '' where created_at < :forget and body <> ''")
                .bind("forget", forget)
                .execute();
    }

    void withdraw(Handle handle, NewsletterId newsletter, String cause) {
        handle.createUpdate("""
                        update alarm_call set state = 'skipped'
                        where newsletter_id = :newsletter and cause = :cause and state = 'queued'
                        """)
                .bind("newsletter", newsletter.value())
                .bind("cause", cause)
                .execute();
    }
}
