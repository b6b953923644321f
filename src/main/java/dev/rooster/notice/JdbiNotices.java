package dev.rooster.notice;

import dev.rooster.db.Columns;
import dev.rooster.db.Database;
import dev.rooster.db.Dialect;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code notice}. Stateless and thread-safe; every method works in the caller's transaction. */
final class JdbiNotices {
    private static final int REPLY_CHARS_MAX = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final String COLUMNS = """
            id, public_id, kind, person_hash, cause, newsletter_id, recipient, language, payload, state, attempts,
            uncertain_count, created_at, expires_at, answered_at
            """;

    private final Dialect dialect;

    JdbiNotices(Dialect dialect) {
        this.dialect = dialect;
    }

    /** False when person, kind and cause are there already. */
    boolean insert(Handle handle, Notice notice) {
        // A constraint violation ends a transaction on PostgreSQL, and only the statement on H2.
        String orNothing = dialect == Dialect.POSTGRESQL ? " on conflict (person_hash, kind, cause) do nothing" : "";
        try {
            return handle.createUpdate("""
                                    insert into notice (public_id, kind, person_hash, cause, newsletter_id, recipient, language,
                                      payload, state, next_attempt_at, created_at, expires_at)
                                    values (:publicId, :kind, :hash, :cause, :newsletter, :recipient, :language,
                                      :payload, 'queued', :now, :now, :expires)
                                    """ + orNothing)
                            .bind("publicId", notice.publicId())
                            .bind("kind", notice.kind().word())
                            .bind("hash", notice.personHash())
                            .bind("cause", notice.cause())
                            .bind(
                                    "newsletter",
                                    notice.newsletter() == null
                                            ? null
                                            : notice.newsletter().value())
                            .bind("recipient", notice.recipient().text())
                            .bind("language", notice.language().tag())
                            .bind("payload", JSON.writeValueAsString(notice.payload()))
                            .bind("now", notice.createdAt())
                            .bind("expires", notice.expiresAt())
                            .execute()
                    == 1;
        } catch (JdbiException e) {
            if (dialect == Dialect.H2 && Database.isConstraintViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    /** What was on the wire when a node died is uncertain. Returns how many. */
    int settleAbandoned(Handle handle, Instant now) {
        return handle.createUpdate(sql("""
                        update notice set state = 'uncertain', uncertain_count = uncertain_count + 1, finished_at = :now,
                          reply = 'the sending process ended before the relay answered', lease_owner = null, lease_until = null
                        where state = 'sending' and lease_until < DB_NOW
                        """)).bind("now", now).execute();
    }

    /** Gives up what is no longer worth sending. Returns how many. */
    int expire(Handle handle, Instant now) {
        return handle.createUpdate(sql("""
                        update notice set state = 'expired', finished_at = :now
                        where state in ('queued', 'deferred') and expires_at <= :now and (lease_until is null or lease_until < DB_NOW)
                        """)).bind("now", now).execute();
    }

    /** Claims up to {@code limit} that are due, oldest first, for {@code lease} by the database's clock. */
    List<Notice> claim(Handle handle, Instant now, String owner, Duration lease, int limit) {
        List<Long> due = handle.createQuery(sql("""
                        select id from notice
                        where state in ('queued', 'deferred') and next_attempt_at <= :now
                          and (lease_until is null or lease_until < DB_NOW)
                        order by next_attempt_at, id fetch first :limit rows only
                        """))
                .bind("now", now)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        Instant databaseNow = handle.createQuery("select " + dialect.now())
                .mapTo(Instant.class)
                .one();
        // One conditional update a row: of two nodes that saw the same row, one gets it.
        return due.stream()
                .filter(id -> handle.createUpdate(sql("""
                                update notice set lease_owner = :owner, lease_until = :until
                                where id = :id and state in ('queued', 'deferred')
                                  and (lease_until is null or lease_until < DB_NOW)
                                """))
                                .bind("owner", owner)
                                .bind("until", databaseNow.plus(lease))
                                .bind("id", id)
                                .execute()
                        == 1)
                .map(id -> handle.createQuery("select " + COLUMNS + " from notice where id = :id")
                        .bind("id", id)
                        .map((row, context) -> read(row))
                        .one())
                .toList();
    }

    /** The step before the body: false when the lease is lost, and then nothing may be sent. */
    boolean markSending(Handle handle, Notice notice, String owner) {
        return handle.createUpdate(sql("""
                                update notice set state = 'sending'
                                where id = :id and state in ('queued', 'deferred') and lease_owner = :owner and lease_until > DB_NOW
                                """))
                        .bind("id", notice.id())
                        .bind("owner", owner)
                        .execute()
                == 1;
    }

    /** A final state. */
    void finish(Handle handle, Notice notice, NoticeState state, String reply, Instant now) {
        handle.createUpdate("""
                        update notice set state = :state, reply = :reply, finished_at = :now, lease_owner = null, lease_until = null,
                          attempts = attempts + :tried, uncertain_count = uncertain_count + :uncertain
                        where id = :id
                        """)
                .bind("state", state.word())
                .bind("tried", state == NoticeState.SKIPPED ? 0 : 1)
                .bind("reply", cut(reply))
                .bind("now", now)
                .bind("uncertain", state == NoticeState.UNCERTAIN ? 1 : 0)
                .bind("id", notice.id())
                .execute();
    }

    /**
     * Back to wait.
     *
     * @param tried whether a relay was asked to take it
     */
    void defer(Handle handle, Notice notice, String reply, Instant next, boolean tried, boolean uncertain) {
        handle.createUpdate("""
                        update notice set state = 'deferred', reply = :reply, next_attempt_at = :next, lease_owner = null,
                          lease_until = null, attempts = attempts + :tried, uncertain_count = uncertain_count + :uncertain
                        where id = :id
                        """)
                .bind("reply", cut(reply))
                .bind("next", next)
                .bind("tried", tried ? 1 : 0)
                .bind("uncertain", uncertain ? 1 : 0)
                .bind("id", notice.id())
                .execute();
    }

    int countSince(Handle handle, String personHash, NoticeKind kind, Instant since) {
        return handle.createQuery(
                        "select count(*) from notice where person_hash = :hash and kind = :kind and created_at > :since")
                .bind("hash", personHash)
                .bind("kind", kind.word())
                .bind("since", since)
                .mapTo(Integer.class)
                .one();
    }

    /** Confirmations to this person that were never answered, since the last that was. */
    int countUnanswered(Handle handle, String personHash) {
        return handle.createQuery("""
                        select count(*) from notice n
                        where n.person_hash = :hash and n.kind = 'confirmation' and n.answered_at is null
                          and not exists (select 1 from notice a where a.person_hash = :hash and a.kind = 'confirmation'
                            and a.answered_at > n.created_at)
                        """)
                .bind("hash", personHash)
                .mapTo(Integer.class)
                .one();
    }

    Optional<Notice> findByPublicId(Handle handle, long publicId) {
        return handle.createQuery("select " + COLUMNS + " from notice where public_id = :publicId")
                .bind("publicId", publicId)
                .map((row, context) -> read(row))
                .findOne();
    }

    boolean answer(Handle handle, long id, Instant now) {
        return handle.createUpdate("update notice set answered_at = :now where id = :id and answered_at is null")
                        .bind("now", now)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    int skipUnsent(Handle handle, String personHash, NoticeKind kind, NewsletterId newsletter, Instant now) {
        return handle.createUpdate("""
                        update notice set state = 'skipped', reply = 'taken back', finished_at = :now,
                          lease_owner = null, lease_until = null
                        where person_hash = :hash and kind = :kind and newsletter_id = :newsletter
                          and state in ('queued', 'deferred')
                        """)
                .bind("hash", personHash)
                .bind("kind", kind.word())
                .bind("newsletter", newsletter.value())
                .bind("now", now)
                .execute();
    }

    /** Takes back the one notice of a cause, if it has not left yet. */
    void skipUnsent(Handle handle, String personHash, NoticeKind kind, String cause, Instant now) {
        handle.createUpdate("""
                        update notice set state = 'skipped', reply = 'taken back', finished_at = :now,
                          lease_owner = null, lease_until = null
                        where person_hash = :hash and kind = :kind and cause = :cause and state in ('queued', 'deferred')
                        """)
                .bind("hash", personHash)
                .bind("kind", kind.word())
                .bind("cause", cause)
                .bind("now", now)
                .execute();
    }

    void forget(Handle handle, String personHash, Instant now) {
        handle.createUpdate("""
                        update notice set state = 'skipped', reply = 'the person was erased', finished_at = :now,
                          lease_owner = null, lease_until = null
                        where person_hash = :hash and state in ('queued', 'deferred')
                        """).bind("hash", personHash).bind("now", now).execute();
        handle.createUpdate("update notice set recipient = '', payload = '{}' where person_hash = :hash")
                .bind("hash", personHash)
                .execute();
    }

    /** Forgets addresses and contents of what was final before {@code before}. Returns how many. */
    int forgetOld(Handle handle, Instant before) {
        return handle.createUpdate("""
                        update notice set recipient = '', payload = '{}'
                        where finished_at < :before and recipient <> ''
                        """).bind("before", before).execute();
    }

    /** {@code DB_NOW} is this moment by the database's clock. */
    private String sql(String text) {
        return text.replace("DB_NOW", dialect.now());
    }

    private static String cut(String reply) {
        return reply == null || reply.length() <= REPLY_CHARS_MAX ? reply : reply.substring(0, REPLY_CHARS_MAX);
    }

    private static Notice read(ResultSet row) throws SQLException {
        long newsletter = row.getLong("newsletter_id");
        NewsletterId newsletterId = row.wasNull() ? null : new NewsletterId(newsletter);
        String recipient = row.getString("recipient");
        return new Notice(
                row.getLong("id"),
                row.getLong("public_id"),
                NoticeKind.ofWord(row.getString("kind")),
                row.getString("person_hash"),
                row.getString("cause"),
                newsletterId,
                recipient.isEmpty() ? null : EmailAddress.of(recipient),
                Language.of(row.getString("language"), Language.EN),
                JSON.readValue(row.getString("payload"), TEXTS),
                NoticeState.ofWord(row.getString("state")),
                row.getInt("attempts"),
                row.getInt("uncertain_count"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "expires_at"),
                Columns.instant(row, "answered_at"));
    }
}
