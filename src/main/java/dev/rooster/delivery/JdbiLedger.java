package dev.rooster.delivery;

import dev.rooster.db.Columns;
import dev.rooster.db.Database;
import dev.rooster.db.Dialect;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.NewsletterId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The ledger in the database.
 *
 * <p>First tries are taken by key range: the seqs of an edition have no gaps and a cursor walks over them once. Everything else
 * that is to be tried has a time of its own and is found by it. So no query reads rows that are done with, and none sorts.
 * (On H2 an ordered query that skips locked rows locks every row it reads.)
 *
 * <p>The durable step speaks to the driver directly: one batch of outcomes, one of starts, each row by its key and guarded by
 * state and holder; the update counts are the answers.
 */
public final class JdbiLedger implements Ledger {
    private static final int EXPIRE_ROWS = 1_000;
    /** Before every time in the ledger: without a lower bound an index on a nullable column is read from its nulls on. */
    static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    private static final String RECORD = """
            update delivery set state = ?, reason = ?, next_attempt_at = ?, relay = coalesce(?, relay), reply_code = ?,
              reply = ?, uncertain_count = uncertain_count + ?,
              attempts = attempts + case when state = 'claimed' then 1 else 0 end,
              lease_owner = null, updated_at = ?
            where edition_id = ? and seq = ? and lease_owner = ? and state in ('claimed', 'sending')
            """;
    private static final String RETURN = """
            update delivery set state = 'queued', next_attempt_at = ?,
              attempts = attempts - case when state = 'sending' then 1 else 0 end,
              lease_owner = null, updated_at = ?
            where edition_id = ? and seq = ? and lease_owner = ? and state in ('claimed', 'sending')
            """;
    private static final String SETTLE_LATE = """
            update delivery set state = ?, reason = ?, next_attempt_at = null, relay = ?, reply_code = ?, reply = ?,
              updated_at = ?
            where edition_id = ? and seq = ? and state = 'uncertain'
            """;
    private static final String ATTEMPT = """
            insert into attempt (edition_id, seq, at, relay, outcome, reply_code, reply) values (?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbiEditionProviders editionProviders = new JdbiEditionProviders();
    private final Database database;
    private final String owner;
    private final List<OutcomeListener> outcomeListeners;
    private final JdbiEditions editions;
    private final LongSupplier epoch;
    private volatile Statements statements;
    private final JdbiLostClaims lostClaims;
    private final Map<EditionId, NewsletterId> newsletters = new ConcurrentHashMap<>();
    private final Map<EditionId, List<String>> providers = new ConcurrentHashMap<>();

    /**
     * @param owner this node's name, at most 40 characters, never used by two living nodes
     * @param epoch the installation's epoch that this node belongs to, asked at each look for editions; -1: none, it sends
     *     nothing. After another machine took over, a node of an older epoch starts nothing
     */
    public JdbiLedger(
            Database database,
            String owner,
            LongSupplier epoch,
            List<OutcomeListener> outcomeListeners,
            JdbiEditions editions) {
        this.database = database;
        this.owner = owner;
        this.lostClaims = new JdbiLostClaims(owner);
        this.outcomeListeners = List.copyOf(outcomeListeners);
        this.editions = editions;
        this.epoch = epoch;
        this.statements = Statements.of(epoch.getAsLong(), database.dialect());
    }

    /**
     * What depends on the epoch.
     *
     * @param start the lease, the edition and its version, the installation, the person, their subscription, every
     *     suppression and the mailbox provider, in one statement
     * @param ask the same, changing nothing
     */
    private record Statements(long epoch, String maySend, String start, String ask) {
        static Statements of(long epoch, Dialect dialect) {
            String maySend = """
                    e.state = 'sending'
                      and e.epoch = (select i.epoch from installation i where i.id = 1 and not i.held and i.epoch = %d)
                    """.formatted(epoch);
            String mayStart = """
                    where edition_id = ? and seq = ? and lease_owner = ? and state = 'claimed'
                      and exists (select 1 from sending_node n where n.owner = ? and n.lease_until > %s)
                      and exists (select 1 from edition e where e.id = ? and %s
                                  and (e.version = delivery.version or delivery.uncertain_count > 0))
                      and exists (select 1 from subscriber u where u.id = ? and u.address_hash = ?)
                      and exists (select 1 from subscription s
                                  where s.newsletter_id = ? and s.subscriber_id = ? and s.state = 'active')
                      and not exists (select 1 from suppression p where p.address_hash = ? and p.newsletter_id in (0, ?))
                      and not exists (select 1 from edition_provider q
                                      where q.edition_id = ? and q.provider = ? and q.paused_at is not null)
                    """.formatted(dialect.now(), maySend);
            String start = "update delivery set state = 'sending', attempts = attempts + 1, relay = ?, updated_at = ? "
                    + mayStart;
            return new Statements(epoch, maySend, start, "select 1 from delivery " + mayStart);
        }
    }

    // --- leases ---

    @Override
    public void join(Duration lease, UncertainPolicy policy, Instant now) {
        database.jdbi().useTransaction(handle -> {
            handle.createUpdate("delete from sending_node where owner = :owner")
                    .bind("owner", owner)
                    .execute();
            recoverRows(handle, owner, policy, now);
            Instant databaseNow = database.now(handle);
            handle.createUpdate(
                            "insert into sending_node (owner, started_at, lease_until) values (:owner, :now, :until)")
                    .bind("owner", owner)
                    .bind("now", databaseNow)
                    .bind("until", databaseNow.plus(lease))
                    .execute();
        });
    }

    @Override
    public boolean renew(Duration lease) {
        return database.jdbi().inTransaction(handle -> {
            Instant databaseNow = database.now(handle);
            return handle.createUpdate("""
                            update sending_node set lease_until = :until where owner = :owner and lease_until > :now
                            """)
                            .bind("until", databaseNow.plus(lease))
                            .bind("owner", owner)
                            .bind("now", databaseNow)
                            .execute()
                    == 1;
        });
    }

    @Override
    public void leave() {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(
                                "update sending_node set lease_until = :past where owner = :owner")
                        .bind("past", LONG_AGO)
                        .bind("owner", owner)
                        .execute());
    }

    @Override
    public Recovered recover(boolean everybody, UncertainPolicy policy, Instant now) {
        settleLostClaims(now);
        List<String> dead = database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select owner from sending_node where owner <> :owner and (:all or lease_until <= :now)")
                        .bind("owner", owner)
                        .bind("all", everybody)
                        .bind("now", database.now(handle))
                        .mapTo(String.class)
                        .list());
        Recovered all = Recovered.NOTHING;
        for (String other : dead) {
            all = all.plus(database.jdbi().inTransaction(handle -> {
                // whoever deletes the row recovers; a node that breathed again in between keeps its rows
                int mine = handle.createUpdate(
                                "delete from sending_node where owner = :other and (:all or lease_until <= :now)")
                        .bind("other", other)
                        .bind("all", everybody)
                        .bind("now", database.now(handle))
                        .execute();
                return mine == 0 ? Recovered.NOTHING : recoverRows(handle, other, policy, now);
            }));
        }
        return all;
    }

    private static Recovered recoverRows(Handle handle, String other, UncertainPolicy policy, Instant now) {
        int queued =
                handle.createUpdate("""
                        update delivery set state = 'queued', next_attempt_at = :now, lease_owner = null, updated_at = :now
                        where edition_id in (select id from edition where finished_at is null)
                          and lease_owner = :other and state = 'claimed'
                        """).bind("other", other).bind("now", now).execute();
        int uncertain = handle.createUpdate("""
                        update delivery set state = 'uncertain',
                          next_attempt_at = case when uncertain_count = 0 and :resend then :now else null end,
                          uncertain_count = uncertain_count + 1, lease_owner = null, updated_at = :now
                        where edition_id in (select id from edition where finished_at is null)
                          and lease_owner = :other and state = 'sending'
                        """)
                .bind("other", other)
                .bind("now", now)
                .bind("resend", policy == UncertainPolicy.RESEND)
                .execute();
        return new Recovered(queued, uncertain);
    }

    @Override
    public List<SendingEdition> sending() {
        long now = epoch.getAsLong();
        if (now != statements.epoch()) {
            statements = Statements.of(now, database.dialect());
        }
        return database.jdbi().withHandle(handle -> editions.sending(handle, statements.maySend()));
    }

    // --- claims ---

    @Override
    public Claim claim(EditionId edition, ClaimScope scope, long cursor, int limit, Instant now) {
        settleLostClaims(now);
        Instant at = now.truncatedTo(ChronoUnit.MICROS); // as the column holds it: a claim is known by its moment
        try {
            return claimNow(edition, scope, cursor, limit, at);
        } catch (RuntimeException e) {
            lostClaims.remember(edition, at);
            throw e;
        }
    }

    private void settleLostClaims(Instant now) {
        if (lostClaims.any()) {
            lostClaims.forget(database.jdbi().inTransaction(handle -> lostClaims.giveBack(handle, now)));
        }
    }

    private Claim claimNow(EditionId edition, ClaimScope scope, long cursor, int limit, Instant now) {
        return database.jdbi().inTransaction(handle -> {
            Claimable claimable = handle.createQuery(
                            "select e.recipients, e.version from edition e where e.id = :id and " + statements.maySend()
                                    + "and exists (select 1 from sending_node n where n.owner = :owner and n.lease_until > "
                                    + database.dialect().now() + ")")
                    .bind("id", edition.value())
                    .bind("owner", owner)
                    .map((row, context) -> new Claimable(row.getLong("recipients"), row.getInt("version")))
                    .findOne()
                    .orElse(null);
            if (claimable == null) {
                return new Claim(List.of(), 0, cursor, false, null);
            }
            long recipients = claimable.recipients();
            List<String> all = providers(handle, edition);
            Set<String> paused = editionProviders.paused(handle, edition);
            List<String> wanted = all.stream()
                    .filter(provider -> scope.takes(provider) && !paused.contains(provider))
                    .toList();
            if (wanted.isEmpty()) {
                return new Claim(List.of(), 0, recipients, false, null);
            }
            List<Long> seqs = new ArrayList<>(takeDue(handle, edition, wanted, claimable, limit, now));
            long reached = cursor;
            boolean freshLeft = cursor < recipients;
            if (freshLeft && seqs.size() < limit) {
                Walk walk = new Walk(edition, wanted.size() == all.size() ? List.of() : wanted, claimable);
                List<Long> fresh = takeFresh(handle, walk, cursor, limit - seqs.size(), now);
                seqs.addAll(fresh);
                freshLeft = !fresh.isEmpty() && fresh.get(fresh.size() - 1) < recipients;
                reached = fresh.isEmpty() ? recipients : fresh.get(fresh.size() - 1);
            }
            return read(handle, edition, wanted, seqs, reached, freshLeft, now);
        });
    }

    /** The providers an edition goes to. They don't change once it may be sent; found by one look into the index for each. */
    private List<String> providers(Handle handle, EditionId edition) {
        return providers.computeIfAbsent(edition, id -> {
            List<String> found = new ArrayList<>();
            Optional<String> next = providerAfter(handle, id, "");
            while (next.isPresent()) {
                found.add(next.get());
                next = providerAfter(handle, id, next.get());
            }
            return List.copyOf(found);
        });
    }

    private static Optional<String> providerAfter(Handle handle, EditionId edition, String last) {
        return handle.createQuery("""
                        select provider from delivery where edition_id = :edition and provider > :last
                        order by edition_id, provider limit 1
                        """)
                .bind("edition", edition.value())
                .bind("last", last)
                .mapTo(String.class)
                .findOne();
    }

    /** One query for each provider, put together: so that what is due for one never stands before what is due for another. */
    private static String ofEach(List<String> wanted, String query) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < wanted.size(); i++) {
            all.append(i == 0 ? "" : " union all ");
            all.append("select * from (").append(query.replace(":provider", ":provider" + i));
            all.append(") t").append(i);
        }
        return all.toString();
    }

    private static Query bound(Query query, EditionId edition, List<String> wanted) {
        query.bind("edition", edition.value()).bind("longAgo", LONG_AGO);
        for (int i = 0; i < wanted.size(); i++) {
            query.bind("provider" + i, wanted.get(i));
        }
        return query;
    }

    /** @param version what those of whom no copy can have left will get */
    private record Claimable(long recipients, int version) {}

    private record DueRow(long seq, Instant at) {}

    private List<Long> takeDue(
            Handle handle, EditionId edition, List<String> wanted, Claimable claimable, int limit, Instant now) {
        String each = """
                select seq, next_attempt_at from delivery where edition_id = :edition and provider = :provider
                  and next_attempt_at between :longAgo and :now and state in ('queued', 'deferred', 'uncertain')
                order by edition_id, provider, next_attempt_at limit :limit
                """ + database.dialect().skipLocked();
        List<Long> seqs = bound(handle.createQuery(ofEach(wanted, each)), edition, wanted)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> new DueRow(row.getLong("seq"), Columns.instant(row, "next_attempt_at")))
                .stream()
                .sorted(Comparator.comparing(DueRow::at))
                .limit(limit)
                .map(DueRow::seq)
                .toList();
        return mark(handle, edition, claimable, seqs, now);
    }

    /** @param of the providers whose rows are taken; empty: everybody's */
    private record Walk(EditionId edition, List<String> of, Claimable claimable) {
        long recipients() {
            return claimable.recipients();
        }

        Query query(Handle handle, String sql) {
            String filter = of.isEmpty() ? "" : "and provider in (<of>)";
            Query query = handle.createQuery(sql.replace("<filter>", filter)).bind("edition", edition.value());
            return of.isEmpty() ? query : query.bindList("of", of);
        }
    }

    /** In order of their seqs, so that the last one is where the cursor stands. */
    private List<Long> takeFresh(Handle handle, Walk walk, long cursor, int limit, Instant now) {
        List<Long> seqs = database.dialect() == Dialect.H2
                ? freshInRange(handle, walk, cursor, limit)
                : walk.query(handle, """
                                select seq from delivery where edition_id = :edition and seq > :cursor
                                  and state = 'queued' and next_attempt_at is null <filter>
                                order by edition_id, seq limit :limit
                                """ + database.dialect().skipLocked())
                        .bind("cursor", cursor)
                        .bind("limit", limit)
                        .mapTo(Long.class)
                        .list();
        return mark(handle, walk.edition(), walk.claimable(), seqs, now);
    }

    /** The next range that holds any; after a restart the done ones before it are passed over in one query. */
    private static List<Long> freshInRange(Handle handle, Walk walk, long cursor, int limit) {
        long from = cursor;
        // a slow provider's rows lie between many others'
        long range = walk.of().isEmpty() ? limit : 8L * limit;
        while (from < walk.recipients()) {
            List<Long> seqs = walk.query(handle, """
                            select seq from delivery where edition_id = :edition and seq > :from and seq <= :to
                              and state = 'queued' and next_attempt_at is null <filter>
                            order by edition_id, seq limit :limit
                            """)
                    .bind("from", from)
                    .bind("to", from + range)
                    .bind("limit", limit)
                    .mapTo(Long.class)
                    .list();
            if (!seqs.isEmpty()) {
                return seqs;
            }
            Long next = walk.query(handle, """
                            select min(seq) from delivery where edition_id = :edition and seq > :from
                              and state = 'queued' and next_attempt_at is null <filter>
                            """)
                    .bind("from", from + range)
                    .mapTo(Long.class)
                    .findOne()
                    .orElse(null);
            if (next == null) {
                return List.of();
            }
            from = next - 1;
        }
        return List.of();
    }

    /**
     * Takes the rows that are still as they were read; answers those. A row gets the edition's version of this moment, unless a
     * copy of it may have left: that one is sent again as it was.
     */
    private List<Long> mark(Handle handle, EditionId edition, Claimable claimable, List<Long> seqs, Instant now) {
        if (seqs.isEmpty()) {
            return seqs;
        }
        try (PreparedStatement update = handle.getConnection().prepareStatement("""
                update delivery set state = 'claimed', lease_owner = ?, next_attempt_at = null, updated_at = ?,
                  version = case when uncertain_count = 0 then ? else version end
                where edition_id = ? and seq = ? and state in ('queued', 'deferred', 'uncertain')
                """)) {
            for (long seq : seqs) {
                update.setString(1, owner);
                instant(update, 2, now);
                update.setInt(3, claimable.version());
                update.setLong(4, edition.value());
                update.setLong(5, seq);
                update.addBatch();
            }
            int[] counts = update.executeBatch();
            List<Long> taken = new ArrayList<>(seqs.size());
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 1) {
                    taken.add(seqs.get(i));
                }
            }
            return taken;
        } catch (SQLException e) {
            throw new LedgerUnavailable(e);
        }
    }

    private Claim read(
            Handle handle,
            EditionId edition,
            List<String> wanted,
            List<Long> seqs,
            long reached,
            boolean freshLeft,
            Instant now) {
        List<ClaimedDelivery> rows = new ArrayList<>(seqs.size());
        int skipped = 0;
        if (!seqs.isEmpty()) {
            for (Found found : find(handle, edition, seqs)) {
                if (found.unmailable() == null) {
                    rows.add(found.delivery());
                } else {
                    skip(handle, found.delivery().key(), found.unmailable(), now);
                    skipped++;
                }
            }
        }
        String each = """
                select next_attempt_at from delivery where edition_id = :edition and provider = :provider
                  and next_attempt_at >= :longAgo
                order by edition_id, provider, next_attempt_at limit 1
                """;
        Instant nextDue = bound(handle.createQuery(ofEach(wanted, each)), edition, wanted)
                .map((row, context) -> Columns.instant(row, "next_attempt_at"))
                .stream()
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new Claim(rows, skipped, reached, freshLeft, nextDue);
    }

    /** A row with its person. @param unmailable why the person may not be mailed; null: they may */
    private record Found(ClaimedDelivery delivery, DeliveryReason unmailable, Integer replyCode, String reply) {}

    private List<Found> find(Handle handle, EditionId edition, List<Long> seqs) {
        Set<Long> wanted = new HashSet<>(seqs);
        long from = seqs.stream().mapToLong(Long::longValue).min().orElseThrow();
        long to = seqs.stream().mapToLong(Long::longValue).max().orElseThrow();
        boolean dense = to - from < 4L * seqs.size();
        NewsletterId newsletter = newsletter(handle, edition);
        var query = handle.createQuery(
                """
                select d.seq, d.version, d.provider, d.attempts, d.uncertain_count, d.reply_code, d.reply,
                  u.id, u.public_id, u.address, u.address_hash, u.name, u.language, u.attributes, s.state,
                  case when exists (select 1 from suppression p
                                    where p.address_hash = u.address_hash and p.newsletter_id in (0, :newsletter))
                    then 1 else 0 end as suppressed
                from delivery d
                left join subscriber u on u.id = d.subscriber_id
                left join subscription s on s.newsletter_id = :newsletter and s.subscriber_id = d.subscriber_id
                where d.edition_id = :edition and\s""" + (dense ? "d.seq between :from and :to" : "d.seq in (<seqs>)") + " order by d.edition_id, d.seq");
        if (dense) {
            query.bind("from", from).bind("to", to);
        } else {
            query.bindList("seqs", seqs);
        }
        return query
                .bind("newsletter", newsletter.value())
                .bind("edition", edition.value())
                .map((row, context) -> wanted.contains(row.getLong("seq")) ? found(edition, row) : null)
                .stream()
                .filter(found -> found != null)
                .toList();
    }

    private static Found found(EditionId edition, ResultSet row) throws SQLException {
        DeliveryReason unmailable = null;
        long person = row.getLong("id");
        Recipient recipient = null;
        if (row.wasNull()) {
            unmailable = DeliveryReason.ERASED;
        } else {
            recipient = new Recipient(
                    person,
                    row.getLong("public_id"),
                    EmailAddress.of(row.getString("address")),
                    row.getString("address_hash"),
                    row.getString("name"),
                    row.getString("language"),
                    row.getString("attributes"));
            if (!"active".equals(row.getString("state"))) {
                unmailable = DeliveryReason.UNSUBSCRIBED;
            } else if (row.getInt("suppressed") == 1) {
                unmailable = DeliveryReason.SUPPRESSED;
            }
        }
        ClaimedDelivery delivery = new ClaimedDelivery(
                new DeliveryKey(edition, row.getLong("seq")),
                row.getInt("version"),
                row.getString("provider"),
                row.getInt("attempts"),
                row.getInt("uncertain_count"),
                recipient);
        int code = row.getInt("reply_code");
        return new Found(delivery, unmailable, row.wasNull() ? null : code, row.getString("reply"));
    }

    /** A copy that may have arrived is never called skipped. */
    private static void skip(Handle handle, DeliveryKey key, DeliveryReason reason, Instant now) {
        handle.createUpdate("""
                        update delivery set state = case when uncertain_count > 0 then 'uncertain' else 'skipped' end,
                          reason = :reason, lease_owner = null, next_attempt_at = null, updated_at = :now
                        where edition_id = :edition and seq = :seq and state = 'claimed'
                        """)
                .bind("reason", reason.word())
                .bind("now", now)
                .bind("edition", key.edition().value())
                .bind("seq", key.seq())
                .execute();
    }

    private NewsletterId newsletter(Handle handle, EditionId edition) {
        return newsletters.computeIfAbsent(
                edition,
                id -> new NewsletterId(handle.createQuery("select newsletter_id from edition where id = :id")
                        .bind("id", id.value())
                        .mapTo(Long.class)
                        .one()));
    }

    // --- the durable step ---

    @Override
    public List<StartAnswer> commit(List<Outcome> outcomes, List<Start> starts, Instant now) {
        return database.jdbi().inTransaction(handle -> {
            try {
                Connection connection = handle.getConnection();
                if (outcomes.isEmpty() && starts.isEmpty()) {
                    handle.execute(
                            "update sending_node set owner = owner where owner = ?", owner); // can it be written?
                }
                record(handle, connection, outcomes, outcome -> now, now);
                return start(handle, connection, starts, now);
            } catch (SQLException e) {
                throw new LedgerUnavailable(e);
            }
        });
    }

    /**
     * Records outcomes that came true some time ago and are kept elsewhere until this commit.
     *
     * @param at when each of them did
     * @param inSameCommit done in the same transaction
     */
    void recordLate(List<Outcome> outcomes, Map<Outcome, Instant> at, Instant now, Consumer<Handle> inSameCommit) {
        database.jdbi().useTransaction(handle -> {
            try {
                record(handle, handle.getConnection(), outcomes, at::get, now);
                inSameCommit.accept(handle);
            } catch (SQLException e) {
                throw new LedgerUnavailable(e);
            }
        });
    }

    private void record(
            Handle handle, Connection connection, List<Outcome> outcomes, Function<Outcome, Instant> at, Instant now)
            throws SQLException {
        List<Outcome> tried = new ArrayList<>(outcomes.size());
        List<Outcome> returned = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            (outcome.state() == DeliveryState.QUEUED ? returned : tried).add(outcome);
        }
        giveBack(connection, returned, now);
        if (tried.isEmpty()) {
            return;
        }
        List<Outcome> recorded = new ArrayList<>(tried.size());
        List<Outcome> late = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(RECORD)) {
            for (Outcome outcome : tried) {
                update.setString(1, outcome.state().word());
                update.setString(
                        2, outcome.reason() == null ? null : outcome.reason().word());
                instant(update, 3, outcome.nextAttempt());
                update.setString(4, outcome.relay());
                replyCode(update, 5, outcome);
                update.setString(6, outcome.said());
                update.setInt(7, outcome.lostAfterDot() ? 1 : 0);
                instant(update, 8, at.apply(outcome));
                update.setLong(9, outcome.key().edition().value());
                update.setLong(10, outcome.key().seq());
                update.setString(11, owner);
                update.addBatch();
            }
            split(update.executeBatch(), tried, recorded, late);
        }
        settleLate(connection, late, recorded, now);
        keepAttempts(connection, recorded, now);
        if (!recorded.isEmpty() && !outcomeListeners.isEmpty()) {
            List<RecordedOutcome> told = new ArrayList<>(recorded.size());
            for (Outcome outcome : recorded) {
                told.add(new RecordedOutcome(newsletter(handle, outcome.key().edition()), outcome, at.apply(outcome)));
            }
            outcomeListeners.forEach(listener -> listener.recorded(handle, told));
        }
    }

    private static <T> void split(int[] counts, List<T> rows, List<T> changed, List<T> unchanged) {
        for (int i = 0; i < counts.length; i++) {
            (counts[i] == 1 ? changed : unchanged).add(rows.get(i));
        }
    }

    private void giveBack(Connection connection, List<Outcome> returned, Instant now) throws SQLException {
        if (returned.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(RETURN)) {
            for (Outcome outcome : returned) {
                instant(update, 1, outcome.nextAttempt());
                instant(update, 2, now);
                update.setLong(3, outcome.key().edition().value());
                update.setLong(4, outcome.key().seq());
                update.setString(5, owner);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** Rows that others recovered while we waited for the reply: it settles what they had to call uncertain. */
    private static void settleLate(Connection connection, List<Outcome> late, List<Outcome> recorded, Instant now)
            throws SQLException {
        for (Outcome outcome : late) {
            if (outcome.state() != DeliveryState.ACCEPTED && outcome.state() != DeliveryState.REJECTED) {
                continue;
            }
            try (PreparedStatement update = connection.prepareStatement(SETTLE_LATE)) {
                update.setString(1, outcome.state().word());
                update.setString(
                        2, outcome.reason() == null ? null : outcome.reason().word());
                update.setString(3, outcome.relay());
                replyCode(update, 4, outcome);
                update.setString(5, outcome.said());
                instant(update, 6, now);
                update.setLong(7, outcome.key().edition().value());
                update.setLong(8, outcome.key().seq());
                if (update.executeUpdate() == 1) {
                    recorded.add(outcome);
                }
            }
        }
    }

    private static void keepAttempts(Connection connection, List<Outcome> recorded, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ATTEMPT)) {
            boolean any = false;
            for (Outcome outcome : recorded) {
                if (outcome.state() != DeliveryState.ACCEPTED) {
                    insert.setLong(1, outcome.key().edition().value());
                    insert.setLong(2, outcome.key().seq());
                    instant(insert, 3, now);
                    insert.setString(4, outcome.relay() == null ? "" : outcome.relay());
                    insert.setString(5, outcome.state().word());
                    replyCode(insert, 6, outcome);
                    insert.setString(7, outcome.said());
                    insert.addBatch();
                    any = true;
                }
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }

    private List<StartAnswer> start(Handle handle, Connection connection, List<Start> starts, Instant now)
            throws SQLException {
        if (starts.isEmpty()) {
            return List.of();
        }
        int[] counts;
        try (PreparedStatement update = connection.prepareStatement(statements.start())) {
            for (Start one : starts) {
                update.setString(1, one.relay());
                instant(update, 2, now);
                mayStart(
                        update,
                        3,
                        one.delivery(),
                        newsletter(handle, one.delivery().key().edition()));
                update.addBatch();
            }
            counts = update.executeBatch();
        }
        List<StartAnswer> answers = new ArrayList<>(starts.size());
        for (int i = 0; i < counts.length; i++) {
            answers.add(
                    counts[i] == 1
                            ? StartAnswer.granted(starts.get(i))
                            : StartAnswer.refused(
                                    starts.get(i),
                                    whyRefused(handle, starts.get(i).delivery(), now)));
        }
        return answers;
    }

    private void mayStart(PreparedStatement statement, int from, ClaimedDelivery delivery, NewsletterId newsletter)
            throws SQLException {
        long edition = delivery.key().edition().value();
        Recipient recipient = delivery.recipient();
        int at = from;
        statement.setLong(at++, edition);
        statement.setLong(at++, delivery.key().seq());
        statement.setString(at++, owner);
        statement.setString(at++, owner);
        statement.setLong(at++, edition);
        statement.setLong(at++, recipient.subscriberId());
        statement.setString(at++, recipient.addressHash());
        statement.setLong(at++, newsletter.value());
        statement.setLong(at++, recipient.subscriberId());
        statement.setString(at++, recipient.addressHash());
        statement.setLong(at++, newsletter.value());
        statement.setLong(at++, edition);
        statement.setString(at, delivery.provider());
    }

    /**
     * Says who may be started, and marks no row: for a ledger that keeps what was begun elsewhere. Those who may not be mailed any
     * more are settled. Answers stand in the order of the starts.
     */
    List<StartAnswer> mayStart(List<Start> starts, Instant now) {
        List<Boolean> granted = database.jdbi().withHandle(handle -> {
            List<Boolean> all = new ArrayList<>(starts.size());
            try (PreparedStatement ask = handle.getConnection().prepareStatement(statements.ask())) {
                for (Start one : starts) {
                    mayStart(
                            ask,
                            1,
                            one.delivery(),
                            newsletter(handle, one.delivery().key().edition()));
                    try (ResultSet found = ask.executeQuery()) {
                        all.add(found.next());
                    }
                }
            } catch (SQLException e) {
                throw new LedgerUnavailable(e);
            }
            return all;
        });
        List<StartAnswer> answers = new ArrayList<>(starts.size());
        for (int i = 0; i < starts.size(); i++) {
            Start one = starts.get(i);
            answers.add(
                    granted.get(i)
                            ? StartAnswer.granted(one)
                            : StartAnswer.refused(
                                    one,
                                    database.jdbi().inTransaction(handle -> whyRefused(handle, one.delivery(), now))));
        }
        return answers;
    }

    private StartAnswer.Refusal whyRefused(Handle handle, ClaimedDelivery delivery, Instant now) {
        EditionId edition = delivery.key().edition();
        if (!exists(
                handle,
                "select 1 from sending_node n where n.owner = :owner and n.lease_until > "
                        + database.dialect().now(),
                edition)) {
            return StartAnswer.Refusal.LEASE;
        }
        if (!exists(handle, "select 1 from edition e where e.id = :edition and " + statements.maySend(), edition)) {
            return StartAnswer.Refusal.EDITION;
        }
        if (editionProviders.paused(handle, edition).contains(delivery.provider())) {
            return StartAnswer.Refusal.PROVIDER;
        }
        for (Found found : find(handle, edition, List.of(delivery.key().seq()))) {
            DeliveryReason reason = found.unmailable();
            if (reason == null
                    && !found.delivery()
                            .recipient()
                            .addressHash()
                            .equals(delivery.recipient().addressHash())) {
                reason = DeliveryReason.ERASED;
            }
            boolean held = exists(
                    handle,
                    "select 1 from delivery where edition_id = :edition and seq = "
                            + delivery.key().seq() + " and state = 'claimed' and lease_owner = :owner",
                    edition);
            if (reason != null && held) {
                skip(handle, delivery.key(), reason, now);
                return StartAnswer.Refusal.RECIPIENT;
            }
            if (held) {
                return StartAnswer.Refusal.VERSION; // nothing else is left that the statement asks
            }
        }
        return StartAnswer.Refusal.GONE;
    }

    private boolean exists(Handle handle, String query, EditionId edition) {
        return handle.createQuery(query)
                .bindMap(Map.of("owner", owner, "edition", edition.value()))
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /** Marks rows whose body may be leaving, which are known elsewhere. */
    void markBegun(List<JournalEntry.Begun> begun, Instant now) {
        database.jdbi().useTransaction(handle -> JdbiJournal.markBegun(handle, owner, begun, now));
    }

    // --- giving back, expiring, finishing ---

    @Override
    public void release(List<ClaimedDelivery> rows, Instant now) {
        database.jdbi().useTransaction(handle -> {
            try (PreparedStatement update = handle.getConnection().prepareStatement("""
                    update delivery set state = 'queued', next_attempt_at = ?, lease_owner = null, updated_at = ?
                    where edition_id = ? and seq = ? and lease_owner = ? and state = 'claimed'
                    """)) {
                for (ClaimedDelivery row : rows) {
                    instant(update, 1, now);
                    instant(update, 2, now);
                    update.setLong(3, row.key().edition().value());
                    update.setLong(4, row.key().seq());
                    update.setString(5, owner);
                    update.addBatch();
                }
                update.executeBatch();
            } catch (SQLException e) {
                throw new LedgerUnavailable(e);
            }
        });
    }

    @Override
    public long expire(EditionId edition, Instant now) {
        long expired = 0;
        long after = 0;
        while (true) {
            long from = after;
            List<Long> seqs = database.jdbi()
                    .withHandle(handle -> handle.createQuery("""
                            select d.seq from delivery d
                            where d.edition_id = :edition and d.seq > :from
                              and (d.state in ('queued', 'deferred')
                                or d.state = 'uncertain' and d.next_attempt_at is not null)
                              and exists (select 1 from edition e
                                          where e.id = :edition and e.state = 'sending' and e.expires_at <= :now)
                            order by d.edition_id, d.seq limit :limit
                            """)
                            .bind("edition", edition.value())
                            .bind("from", from)
                            .bind("now", now)
                            .bind("limit", EXPIRE_ROWS)
                            .mapTo(Long.class)
                            .list());
            if (seqs.isEmpty()) {
                return expired;
            }
            database.jdbi().useTransaction(handle -> expire(handle, edition, seqs, now));
            expired += seqs.size();
            after = seqs.get(seqs.size() - 1);
        }
    }

    private void expire(Handle handle, EditionId edition, List<Long> seqs, Instant now) {
        List<Found> before = find(handle, edition, seqs);
        List<RecordedOutcome> told = new ArrayList<>();
        try (PreparedStatement update = handle.getConnection().prepareStatement("""
                update delivery set state = case when uncertain_count > 0 then 'uncertain' else 'expired' end,
                  reason = ?, next_attempt_at = null, updated_at = ?
                where edition_id = ? and seq = ?
                  and (state in ('queued', 'deferred') or state = 'uncertain' and next_attempt_at is not null)
                """)) {
            for (Found found : before) {
                update.setString(1, DeliveryReason.TOO_LATE.word());
                instant(update, 2, now);
                update.setLong(3, edition.value());
                update.setLong(4, found.delivery().key().seq());
                if (update.executeUpdate() == 1 && found.delivery().recipient() != null) {
                    told.add(new RecordedOutcome(newsletter(handle, edition), expired(found), now));
                }
            }
        } catch (SQLException e) {
            throw new LedgerUnavailable(e);
        }
        if (!told.isEmpty()) {
            outcomeListeners.forEach(listener -> listener.recorded(handle, told));
        }
    }

    private static Outcome expired(Found found) {
        return Outcome.expiredWithLast(found.delivery(), found.replyCode() == null ? null : found.reply());
    }

    @Override
    public Pace passCanary(EditionId edition, Instant now) {
        return database.jdbi().inTransaction(handle -> editions.passCanary(handle, edition, now));
    }

    @Override
    public FinishCheck finish(EditionId edition, Instant now) {
        return database.jdbi().inTransaction(handle -> editions.finish(handle, edition, now));
    }

    @Override
    public void pause(EditionId edition, PauseReason reason, Instant now) {
        database.jdbi().useTransaction(handle -> editions.pause(handle, edition, reason, now));
    }

    // --- binding ---

    private static void instant(PreparedStatement statement, int position, Instant at) throws SQLException {
        if (at == null) {
            statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(position, at.atOffset(ZoneOffset.UTC));
        }
    }

    private static void replyCode(PreparedStatement statement, int position, Outcome outcome) throws SQLException {
        if (outcome.reply() == null) {
            statement.setNull(position, Types.SMALLINT);
        } else {
            statement.setInt(position, outcome.reply().code());
        }
    }
}
