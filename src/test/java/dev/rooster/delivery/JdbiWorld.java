package dev.rooster.delivery;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** A real database with people, an issue and editions. */
final class JdbiWorld implements LedgerWorld {
    private static final Instant NOW = Instant.parse("2026-12-01T22:00:00Z");

    final Database database;
    final JdbiEditions editions;
    /** The engine's threads tell, the test reads. */
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Where the journals of nodes lie; null: they have none. */
    private final Path journals;

    private final List<JournaledLedger> journaled = new CopyOnWriteArrayList<>();
    private int people;

    /** With a journal beside the embedded database, as in an installation. */
    JdbiWorld(Databases.Kind kind) {
        this(kind, kind == Databases.Kind.H2);
    }

    JdbiWorld(Databases.Kind kind, boolean journaled) {
        this.journals = journaled ? Databases.temporaryFolder() : null;
        database = Databases.open(kind);
        editions = new JdbiEditions(
                List.of(new EditionListener() {
                    @Override
                    public void finished(
                            Handle handle,
                            EditionId edition,
                            dev.rooster.newsletter.NewsletterId newsletter,
                            Instant at) {
                        heard.add("finished");
                    }

                    @Override
                    public void paused(
                            Handle handle,
                            EditionId edition,
                            dev.rooster.newsletter.NewsletterId newsletter,
                            PauseReason reason,
                            Instant at) {
                        heard.add("paused " + reason.kind());
                    }

                    @Override
                    public void providerPaused(
                            Handle handle,
                            EditionId edition,
                            dev.rooster.newsletter.NewsletterId newsletter,
                            String provider,
                            PauseReason reason,
                            Instant at) {
                        heard.add("paused " + provider + " " + reason.kind());
                    }
                }),
                CANARY);
        database.jdbi().useHandle(handle -> {
            if (handle.createQuery("select count(*) from installation")
                            .mapTo(Long.class)
                            .one()
                    == 0) {
                handle.execute(
                        "insert into installation (id, installation_id, epoch, held, created_at) values (1, 'test', 1, false, ?)",
                        NOW);
            }
            handle.execute("insert into newsletter (name, public_id, created_at) values ('weekly', 77, ?)", NOW);
        });
    }

    private java.util.function.LongSupplier epochAtStart() {
        long epoch = database.jdbi()
                .withHandle(handle -> handle.createQuery("select epoch from installation")
                        .mapTo(Long.class)
                        .one());
        return () -> epoch;
    }

    @Override
    public Ledger ledger(String owner) {
        if (journals == null) {
            return rowsOnly(owner);
        }
        JournaledLedger ledger = new JournaledLedger(rowsOnly(owner), database, journal(owner), owner, false);
        journaled.add(ledger);
        return ledger;
    }

    Path journal(String owner) {
        return journals.resolve(owner + ".journal");
    }

    @Override
    public void settle() {
        journaled.forEach(ledger -> ledger.settle(NOW));
    }

    /** Its process dies: nobody settles its journal any more. */
    void dies(Ledger ledger) {
        journaled.remove(ledger);
    }

    private JdbiLedger rowsOnly(String owner) {
        return new JdbiLedger(
                database,
                owner,
                epochAtStart(),
                List.of(
                        (handle, outcomes) -> outcomes.forEach(
                                recorded -> heard.add(recorded.outcome().key().seq() + " "
                                        + recorded.outcome().state().word())),
                        new CountOutcomes(new StopSending(new StopRules(StopSettings.defaults()), editions))),
                editions);
    }

    @Override
    public SendingEdition edition(int recipients, Instant expiresAt) {
        return database.jdbi().inTransaction(handle -> {
            long issue = handle.createUpdate("""
                            insert into issue (newsletter_id, title, subject, state, source_name, source, source_hash,
                              created_at, updated_at)
                            values (1, 't', 's', 'sending', 'f.md', 'x', 'h', :now, :now)
                            """)
                    .bind("now", NOW)
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            long edition = handle.createUpdate("""
                            insert into edition (public_id, issue_id, newsletter_id, state, version, epoch, candidates,
                              recipients, created_at, ready_at, expires_at)
                            values (:public, :issue, 1, 'sending', 1, (select epoch from installation), :count, :count,
                              :now, :now, :expires)
                            """)
                    .bind("public", 1000 + issue)
                    .bind("issue", issue)
                    .bind("count", recipients)
                    .bind("now", NOW)
                    .bind("expires", expiresAt)
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            for (int seq = 1; seq <= recipients; seq++) {
                people++;
                long person = person(handle, people);
                handle.execute("""
                        insert into delivery (edition_id, seq, subscriber_id, version, provider, state, updated_at)
                        values (?, ?, ?, 1, 'other', 'queued', ?)
                        """, edition, seq, person, NOW);
            }
            return editions.sending(handle, "e.id = " + edition).get(0);
        });
    }

    private static long person(Handle handle, int number) {
        String address = "reader" + number + "@example.com";
        long id = handle.createUpdate("""
                        insert into subscriber (public_id, address, address_key, address_hash, domain, name, created_at,
                          updated_at)
                        values (:number, :address, :address, :hash, 'example.com', :name, :now, :now)
                        """)
                .bind("number", number)
                .bind("address", address)
                .bind("hash", "hash" + number)
                .bind("name", "독자 " + number)
                .bind("now", NOW)
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        handle.execute("insert into subscription values (1, ?, 'active', ?, 'test')", id, NOW);
        return id;
    }

    private void execute(String sql, Object... values) {
        database.jdbi().useHandle(handle -> handle.execute(sql, values));
    }

    private static final String PERSON = "(select subscriber_id from delivery where edition_id = ? and seq = ?)";

    @Override
    public void pace(EditionId edition, Duration pace, Instant readyAt) {
        execute(
                "update edition set pace_seconds = ?, canary = 3, ready_at = ?, sending_since = ? where id = ?",
                pace.toSeconds(),
                readyAt,
                readyAt,
                edition.value());
    }

    @Override
    public void unsubscribe(EditionId edition, long seq) {
        execute("update subscription set state = 'unsubscribed' where subscriber_id = " + PERSON, edition.value(), seq);
    }

    @Override
    public void suppress(EditionId edition, long seq) {
        execute(
                "insert into suppression (address_hash, newsletter_id, reason, since, source) select address_hash, 0,"
                        + " 'manual', created_at, 'test' from subscriber where id = " + PERSON,
                edition.value(),
                seq);
    }

    @Override
    public void erase(EditionId edition, long seq) {
        execute("delete from subscriber where id = " + PERSON, edition.value(), seq);
    }

    @Override
    public void setState(EditionId edition, EditionState state) {
        execute("update edition set state = ? where id = ?", state.word(), edition.value());
    }

    @Override
    public void provider(EditionId edition, long seq, String provider) {
        execute("update delivery set provider = ? where edition_id = ? and seq = ?", provider, edition.value(), seq);
    }

    @Override
    public void amend(EditionId edition) {
        execute("update edition set version = version + 1 where id = ?", edition.value());
    }

    @Override
    public void pause(EditionId edition, String provider, boolean paused) {
        JdbiEditionProviders providers = new JdbiEditionProviders();
        database.jdbi().useTransaction(handle -> {
            providers.insertAll(handle, edition);
            if (paused) {
                providers.pause(
                        handle, edition, provider, new PauseReason(PauseReason.Kind.SENDER_REFUSED, "test"), NOW);
            } else {
                providers.resume(handle, edition, provider, NOW);
            }
        });
    }

    @Override
    public void hold(boolean held) {
        execute("update installation set held = ?", held);
    }

    @Override
    public void renewEpoch() {
        execute("update installation set epoch = epoch + 1");
    }

    @Override
    public void takeOver(EditionId edition) {
        execute("update edition set epoch = (select epoch from installation) where id = ?", edition.value());
    }

    @Override
    public void expireLease(String owner) {
        settle();
        execute("update sending_node set lease_until = ? where owner = ?", NOW.minusSeconds(86_400L * 365), owner);
    }

    @Override
    public Row row(EditionId edition, long seq) {
        settle();
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select * from delivery where edition_id = :edition and seq = :seq")
                        .bind("edition", edition.value())
                        .bind("seq", seq)
                        .map((row, context) -> new Row(
                                DeliveryState.of(row.getString("state")),
                                row.getString("reason") == null ? null : DeliveryReason.of(row.getString("reason")),
                                row.getString("lease_owner"),
                                row.getInt("attempts"),
                                row.getInt("uncertain_count"),
                                context.findColumnMapperFor(Instant.class)
                                        .orElseThrow()
                                        .map(row, "next_attempt_at", context),
                                row.getString("reply"),
                                row.getInt("version")))
                        .one());
    }

    @Override
    public EditionState state(EditionId edition) {
        return database.jdbi()
                .withHandle(
                        handle -> editions.find(handle, edition).orElseThrow().state());
    }

    @Override
    public List<String> heard() {
        settle();
        return heard;
    }

    /** As it lies in the database, whatever a journal knows. */
    DeliveryState stored(EditionId edition, long seq) {
        return database.jdbi()
                .withHandle(handle -> DeliveryState.of(
                        handle.createQuery("select state from delivery where edition_id = :edition and seq = :seq")
                                .bind("edition", edition.value())
                                .bind("seq", seq)
                                .mapTo(String.class)
                                .one()));
    }

    /** As after a machine slept: nobody has settled anything before. */
    void leaseRunsOut(String owner) {
        execute("update sending_node set lease_until = ? where owner = ?", NOW.minusSeconds(86_400L * 365), owner);
    }

    /** An operator resends a paused edition's rows of a state; answers which were moved. */
    List<Long> resend(EditionId id, DeliveryState state, Instant now) {
        return database.jdbi().inTransaction(handle -> {
            List<Long> chosen = handle.createQuery("select seq from delivery where edition_id = :id and state = :state")
                    .bind("id", id.value())
                    .bind("state", state.word())
                    .mapTo(Long.class)
                    .list();
            Edition edition = editions.find(handle, id).orElseThrow();
            new JdbiResend().move(handle, edition, state, 0, edition.recipients(), now);
            return chosen.stream()
                    .filter(seq -> handle.createQuery(
                                            "select count(*) from delivery where edition_id = :id and seq = :seq and state = 'queued'")
                                    .bind("id", id.value())
                                    .bind("seq", seq)
                                    .mapTo(Long.class)
                                    .one()
                            == 1)
                    .toList();
        });
    }

    void closeCancelled(EditionId edition, Instant now) {
        database.jdbi().useTransaction(handle -> editions.closeCancelled(handle, edition, now));
    }

    /** As new, for the next test. */
    JdbiWorld cleared() {
        journaled.clear();
        heard.clear();
        people = 0;
        for (String table : List.of(
                "outcome_journal",
                "attempt",
                "edition_provider",
                "delivery",
                "edition",
                "issue",
                "suppression",
                "subscription",
                "subscriber",
                "sending_node")) {
            execute("delete from " + table);
        }
        execute("update installation set held = false");
        return this;
    }

    @Override
    public void close() {}

    void shutDown() {
        database.close();
    }
}
