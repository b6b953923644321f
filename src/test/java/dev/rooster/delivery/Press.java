package dev.rooster.delivery;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.issue.AddIssue;
import dev.rooster.issue.FolderPictures;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueQueue;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.Escaping;
import dev.rooster.mail.Segment;
import dev.rooster.mail.Skeleton;
import dev.rooster.newsletter.JdbiNewsletters;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.NewsletterSettingsBuilder;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.newsletter.SlotRule;
import dev.rooster.token.KeyRing;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** A whole publishing house on a real database: a newsletter, its subscribers, issues, and everything that sends them. */
final class Press implements AutoCloseable {
    final Database database;
    final Newsletter newsletter;
    KeyRing keys;
    final List<String> heard = new CopyOnWriteArrayList<>();
    final JdbiEditions jdbiEditions = new JdbiEditions(List.of(new EditionListener() {
        @Override
        public void finished(Handle handle, EditionId edition, NewsletterId newsletter, Instant at) {
            heard.add("finished");
        }

        @Override
        public void paused(Handle handle, EditionId edition, NewsletterId newsletter, PauseReason reason, Instant at) {
            heard.add("paused " + reason.kind());
        }
    }));
    final WriteAudience audience;
    final Editions editions;
    final InMemoryRelay relay = new InMemoryRelay();
    final InstantSource clock = InstantSource.system();
    private final Path keyFolder = Databases.temporaryFolder().resolve("keys");
    private final FreezeVersion version = new FreezeVersion(() -> keys.tokens().keyId());
    private Newsletters newsletters;

    Press(Databases.Kind kind) {
        database = Databases.open(kind);
        keys = KeyRing.create(keyFolder, new SecureRandom());
        newsletters = newsletters(settings());
        newsletter = newsletters.all().get(0);
        database.jdbi().useHandle(handle -> {
            if (handle.createQuery("select count(*) from installation")
                            .mapTo(Long.class)
                            .one()
                    == 0) {
                handle.execute(
                        "insert into installation (id, installation_id, epoch, held, created_at) values (1, 'test', 1, false, ?)",
                        clock.instant());
            }
        });
        audience = new WriteAudience(database, jdbiEditions, clock);
        FreezeEdition freeze = new FreezeEdition(
                jdbiEditions,
                (handle, of, issue, slot) -> content(handle, issue),
                new IssueQueue(database, clock),
                id -> Optional.of(new RelayPool(relay, 4)),
                URI.create("http://localhost:8080"),
                version,
                clock,
                new Random(2));
        editions = new Editions(database, jdbiEditions, freeze, audience, clock);
    }

    private static NewsletterSettingsBuilder settings() {
        return new NewsletterSettingsBuilder(
                "weekly", "주간 소식", EmailAddress.of("news@press.test"), SlotRule.of("WED 07:00"));
    }

    private Newsletters newsletters(NewsletterSettingsBuilder settings) {
        return new JdbiNewsletters(database.jdbi(), new Random(1), clock).register(List.of(settings.build()));
    }

    /** What an operator may do in the middle of a send: a new token key, another way back for bounces. */
    void changeKeysAndBounceSettings() {
        keys = KeyRing.rotateTokenKey(keyFolder, new SecureRandom());
        newsletters = newsletters(settings().bouncePrefix("back").bounceDomain("bounces.press.test"));
    }

    /** What a mended issue is made of shows in its mail. */
    private static IssueContent.Answer content(Handle handle, IssueId issue) {
        String title = handle.createQuery("select title from issue where id = :id")
                .bind("id", issue.value())
                .mapTo(String.class)
                .one();
        Skeleton text = new Skeleton(List.of(
                new Segment.Fixed("안녕하세요, "),
                new Segment.Hole("subscriber.name", Escaping.TEXT, "독자"),
                new Segment.Fixed("님\n"),
                new Segment.Hole("link.unsubscribe", Escaping.TEXT, ""),
                new Segment.Fixed("\n" + title + "\n")));
        return new IssueContent.Answer.Ready(title, Skeleton.of("<p>" + title + "</p>"), text, "<p>" + title + "</p>");
    }

    EditionCopies copies() {
        return new EditionCopies(
                database,
                jdbiEditions,
                newsletters,
                new PublicLinks(URI.create("http://localhost:8080/"), keys.tokens()),
                keys.tokens(),
                id -> Optional.empty(),
                true);
    }

    ResendRows resending() {
        return new ResendRows(database, jdbiEditions, clock, editions::changed);
    }

    /** Whatever waits for a time of its own is due now. */
    void makeDue() {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "update delivery set next_attempt_at = ? where next_attempt_at is not null", clock.instant()));
    }

    Ledger ledger(String owner) {
        return new JdbiLedger(database, owner, () -> 1, List.of(), jdbiEditions);
    }

    DeliveryEngine engine(String owner) {
        return engine(ledger(owner), new RelayPool(relay, 4));
    }

    DeliveryEngine engine(Ledger ledger, RelayPool pool) {
        return new DeliveryEngine.Builder(ledger, id -> List.of(pool), copies(), clock, new Random(3))
                .alone(true)
                .build();
    }

    IssueId issue() {
        return issue("첫 호");
    }

    /** The file of an issue with this title. */
    static byte[] file(String title) {
        return ("---\n제목: " + title + "\n미리보기: 한 줄\n---\n글\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Mends an issue so that its title is another one. */
    AmendOutcome amend(IssueId issue, String title, boolean dryRun) {
        FolderPictures none = new FolderPictures(Databases.temporaryFolder());
        return new AmendEdition(
                        database,
                        jdbiEditions,
                        new AddIssue(database, clock),
                        (handle, of, id, slot) -> content(handle, id),
                        version,
                        id -> Optional.of(new RelayPool(relay, 4)),
                        URI.create("http://localhost:8080"),
                        clock)
                .amend(newsletter, issue, "mended.md", file(title), none, dryRun);
    }

    IssueId issue(String title) {
        Instant now = clock.instant();
        return database.jdbi()
                .withHandle(handle -> new IssueId(handle.createUpdate("""
                        insert into issue (newsletter_id, title, subject, state, source_name, source, source_hash,
                          created_at, updated_at)
                        values (:newsletter, :title, :title, 'draft', 'f.md', :source, 'h', :now, :now)
                        """)
                        .bind("newsletter", newsletter.id().value())
                        .bind("title", title)
                        .bind("source", new String(file(title), StandardCharsets.UTF_8))
                        .bind("now", now)
                        .executeAndReturnGeneratedKeys("id")
                        .mapTo(Long.class)
                        .one()));
    }

    void subscriber(String address, String name, String state) {
        EmailAddress email = EmailAddress.of(address);
        String hash = keys.addressHash().of(email.key());
        database.jdbi().useHandle(handle -> {
            long id = handle.createUpdate("""
                            insert into subscriber (public_id, address, address_key, address_hash, domain, name, created_at,
                              updated_at)
                            values (:public, :address, :key, :hash, :domain, :name, :now, :now)
                            """)
                    .bind("public", dev.rooster.token.AddressHash.publicId(hash))
                    .bind("address", email.text())
                    .bind("key", email.key())
                    .bind("hash", hash)
                    .bind("domain", email.domain())
                    .bind("name", name)
                    .bind("now", clock.instant())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            handle.execute(
                    "insert into subscription values (?, ?, ?, ?, 'test')",
                    newsletter.id().value(),
                    id,
                    state,
                    clock.instant());
        });
    }

    /** So many active subscribers reader1@press.test …, written at once. */
    void readers(int count) {
        database.jdbi().useTransaction(handle -> {
            var people = handle.prepareBatch("""
                    insert into subscriber (id, public_id, address, address_key, address_hash, domain, created_at, updated_at)
                    values (:id, :id, :address, :address, :hash, 'press.test', :now, :now)
                    """);
            var subscriptions =
                    handle.prepareBatch("insert into subscription values (:newsletter, :id, 'active', :now, 'test')");
            for (int id = 1; id <= count; id++) {
                String address = "reader" + id + "@press.test";
                people.bind("id", id)
                        .bind("address", address)
                        .bind("hash", keys.addressHash().of(address))
                        .bind("now", clock.instant())
                        .add();
                subscriptions
                        .bind("newsletter", newsletter.id().value())
                        .bind("id", id)
                        .bind("now", clock.instant())
                        .add();
            }
            people.execute();
            subscriptions.execute();
        });
    }

    void suppress(String address) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into suppression (address_hash, newsletter_id, reason, since, source)"
                                + " values (?, 0, 'manual', ?, 'test')",
                        keys.addressHash().of(EmailAddress.of(address).key()),
                        clock.instant()));
    }

    void hold(boolean held) {
        database.jdbi()
                .useHandle(
                        handle -> handle.execute("update installation set held = ?, held_reason = 'restored'", held));
    }

    @Override
    public void close() {
        database.close();
    }
}
