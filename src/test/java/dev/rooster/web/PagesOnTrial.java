package dev.rooster.web;

import dev.rooster.bounce.AnswerStopRequest;
import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsDesk;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.Identity;
import dev.rooster.newsletter.JdbiNewsletters;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.newsletter.NewsletterSettingsBuilder;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.newsletter.SlotRule;
import dev.rooster.notice.NoticeSettings;
import dev.rooster.notice.Notices;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.GrantOutcome;
import dev.rooster.subscriber.JdbiSubscriptions;
import dev.rooster.subscriber.NewSubscriber;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.template.PageRenderer;
import dev.rooster.template.Templates;
import dev.rooster.token.KeyRing;
import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The public pages over a real database and real HTTP, with two newsletters and a clock of the test's own. */
final class PagesOnTrial implements AutoCloseable {
    static final Instant START = Instant.parse("2026-12-01T22:05:00Z");

    final Database database;
    final SettableClock clock = new SettableClock(START);
    final Tokens tokens;
    final KeyRing keys;
    final Newsletters newsletters;
    final Newsletter weekly;
    final Newsletter monthly;
    final Subscribing subscribing;
    final Notices notices;
    final AtomicInteger nudges = new AtomicInteger();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final PublicServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private PagesOnTrial(NewsDesk desk) {
        database = desk.database;
        keys = desk.keys;
        tokens = keys.tokens();
        newsletters = desk.newsletters;
        weekly = desk.newsletter;
        monthly = null;
        subscribing = null;
        notices = desk.notices;
        server = PublicServer.of(settings(0, 10, 300, Set.of()), parts(desk, desk.newsletterRows));
        server.start();
    }

    /** The pages of another world; its newsletter is the weekly. */
    static PagesOnTrial over(NewsDesk desk) {
        return new PagesOnTrial(desk);
    }

    private PublicServer.Parts parts(NewsDesk desk, JdbiNewsletters rows) {
        return new PublicServer.Parts(
                database,
                newsletters,
                rows,
                tokens,
                subscribing,
                notices,
                desk == null ? null : desk.reviews,
                new AnswerStopRequest(database, newsletters, keys.addressHash(), subscribing, notices, clock),
                desk == null ? null : desk.editions,
                new PageRenderer(Templates.builtIn()),
                URI.create("https://news.kkok.kr"),
                clock,
                nudges::incrementAndGet,
                metrics);
    }

    private PagesOnTrial(
            Database database,
            WebSettings settings,
            List<HookSettings> hooks,
            SnsCertificates certificates,
            HookLimits limits) {
        this.database = database;
        Path data = Databases.temporaryFolder();
        keys = KeyRing.create(data.resolve("keys"), new SecureRandom());
        tokens = keys.tokens();
        JdbiNewsletters rows = new JdbiNewsletters(database.jdbi(), new Random(7), clock);
        newsletters = rows.register(List.of(
                settings("ai-weekly", "AI 주간 브리핑", "WED 07:00"), settings("ai-monthly", "AI 월간 리포트", "MON 09:00")));
        weekly = newsletters.find("ai-weekly").orElseThrow();
        monthly = newsletters.find("ai-monthly").orElseThrow();
        subscribing = new Subscribing(keys.addressHash(), new RefusalLog(data), clock);
        notices = new Notices(keys.addressHash(), NoticeSettings.defaults(), database.dialect(), clock, new Random(11));
        server = PublicServer.of(
                settings,
                parts(null, rows),
                new PublicServer.Hooks(hooks, hooks.isEmpty() ? null : HookEndpointTest.take(this)),
                certificates,
                limits);
        server.start();
    }

    static PagesOnTrial open() {
        return open(Databases.Kind.H2, Set.of());
    }

    static PagesOnTrial open(Databases.Kind kind, Set<String> marketing) {
        return new PagesOnTrial(
                Databases.open(kind), settings(0, 10, 300, marketing), List.of(), null, HookLimits.defaults());
    }

    /** With hooks of providers. */
    static PagesOnTrial withHooks(Databases.Kind kind, List<HookSettings> hooks, SnsCertificates certificates) {
        return withHooks(kind, hooks, certificates, HookLimits.defaults());
    }

    static PagesOnTrial withHooks(
            Databases.Kind kind, List<HookSettings> hooks, SnsCertificates certificates, HookLimits limits) {
        return new PagesOnTrial(Databases.open(kind), settings(0, 10, 300, Set.of()), hooks, certificates, limits);
    }

    static WebSettings settings(int port, int perAddress, int perHour, Set<String> marketing) {
        WebSettings defaults = WebSettings.defaults();
        return new WebSettings(
                "127.0.0.1",
                port,
                "127.0.0.1",
                0,
                null,
                defaults.trustedProxies(),
                8,
                defaults.bodyBytesMax(),
                defaults.idleTimeout(),
                perAddress,
                perHour,
                marketing);
    }

    private static NewsletterSettings settings(String name, String title, String slot) {
        return new NewsletterSettingsBuilder(name, title, EmailAddress.of("news@kkok.kr"), SlotRule.of(slot))
                .identity(new Identity("꼭꼭미디어", "hello@kkok.kr", "02-1234-5678", "서울시 마포구 양화로 1, 3층"))
                .brandLine("한 주의 인공지능 소식을 10분 안에")
                .slotLine("매주 수요일 오전 7시에 보내 드립니다")
                .operators(List.of(EmailAddress.of("desk@kkok.kr")))
                .build();
    }

    /** An active reader of the weekly. */
    Subscriber reader(String address) {
        return reader(address, weekly);
    }

    Subscriber reader(String address, Newsletter newsletter) {
        GrantOutcome outcome = database.jdbi()
                .inTransaction(handle -> subscribing.grant(
                        handle,
                        newsletter.id(),
                        new NewSubscriber(EmailAddress.of(address), "김하늘", Language.KO, Map.of()),
                        Evidence.of(clock.instant(), ConsentMethod.OPERATOR, "test")));
        return outcome instanceof GrantOutcome.Granted granted
                ? granted.subscriber()
                : ((GrantOutcome.AlreadyActive) outcome).subscriber();
    }

    /** An edition of the weekly that the relay took for these readers; its public id. */
    long edition(Subscriber... readers) {
        return database.jdbi().inTransaction(handle -> {
            long issue = handle.createUpdate("""
                            insert into issue (newsletter_id, title, subject, state, source_name, source, source_hash,
                              created_at, updated_at)
                            values (:newsletter, 't', 's', 'sent', 'f.md', 'x', 'h', :now, :now)
                            """)
                    .bind("newsletter", weekly.id().value())
                    .bind("now", clock.instant())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            long edition = handle.createUpdate("""
                            insert into edition (public_id, issue_id, newsletter_id, state, version, epoch, candidates,
                              recipients, created_at, ready_at, expires_at)
                            values (:public, :issue, :newsletter, 'finished', 1, 1, :count, :count, :now, :now, :now)
                            """)
                    .bind("public", 5000 + issue)
                    .bind("issue", issue)
                    .bind("newsletter", weekly.id().value())
                    .bind("count", readers.length)
                    .bind("now", clock.instant())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            for (int i = 0; i < readers.length; i++) {
                handle.execute("""
                        insert into delivery (edition_id, seq, subscriber_id, version, provider, state, updated_at)
                        values (?, ?, ?, 1, 'other', 'accepted', ?)
                        """, edition, i + 1, readers[i].id().value(), clock.instant());
            }
            return 5000 + issue;
        });
    }

    /** Rows of a table, perhaps with a condition after its name. */
    long count(String table) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from " + table)
                        .mapTo(Long.class)
                        .one());
    }

    /** The sum of a metric's counters with a tag. */
    long counted(String metric, String tag, String value) {
        return (long) metrics.find(metric).tag(tag, value).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    String link(Purpose purpose, Subscriber reader) {
        String letter = purpose.name().substring(0, 1).toLowerCase(java.util.Locale.ROOT);
        return "/" + letter + "/" + tokens.seal(purpose, weekly.publicId(), 0, reader.publicId());
    }

    SubscriptionState state(Subscriber reader, Newsletter newsletter) {
        return database.jdbi()
                .withHandle(handle -> new JdbiSubscriptions().find(handle, newsletter.id(), reader.id()))
                .orElseThrow()
                .state();
    }

    List<String> outbox() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select kind || ' ' || recipient || ' ' || state from notice order by id")
                        .mapTo(String.class)
                        .list());
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    HttpResponse<String> head(String path) {
        return send(request(path)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
    }

    HttpResponse<String> post(String path, String form, String... headers) {
        return postAs("application/x-www-form-urlencoded", path, form, headers);
    }

    HttpResponse<String> postAs(String type, String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Posts a body whose length is not announced; answers the status. */
    int postInPieces(String path, String body, String... headers) {
        return send(request(path, headers)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(
                                body.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                        .build())
                .statusCode();
    }

    HttpResponse<byte[]> bytes(String path) {
        try {
            return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
