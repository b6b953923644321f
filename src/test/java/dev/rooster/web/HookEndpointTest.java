package dev.rooster.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.rooster.bounce.BounceSettings;
import dev.rooster.bounce.TakeEvents;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.mail.event.Provider;
import dev.rooster.mail.hook.GenericCheck;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.token.Purpose;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks through real HTTP. */
class HookEndpointTest {
    private static final String SECRET = "a-secret-of-the-tests";
    private static final String TOPIC = "arn:aws:sns:us-west-2:131990247566:dongie-standard-topic";
    private static final List<HookSettings> HOOKS =
            List.of(hook(Provider.POSTMARK), hook(Provider.GENERIC), hook(Provider.MAILGUN), hook(Provider.SPARKPOST));

    private static HookSettings hook(Provider provider) {
        return new HookSettings(provider, List.of(SECRET), List.of(), HookSettings.defaultWindow(provider));
    }

    private static PagesOnTrial open(Databases.Kind kind) {
        return PagesOnTrial.withHooks(
                kind, HOOKS, new SnsCertificates(address -> Optional.empty(), () -> Instant.EPOCH));
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("rooster:" + password).getBytes(UTF_8));
    }

    private static int post(PagesOnTrial site, String provider, String body, String... headers) {
        return site.postAs("application/json", "/hooks/" + provider, body, headers)
                .statusCode();
    }

    private static int postGeneric(PagesOnTrial site, String body) {
        String timestamp = Long.toString(site.clock.instant().getEpochSecond());
        return post(
                site,
                "generic",
                body,
                "Rooster-Timestamp",
                timestamp,
                "Rooster-Signature",
                "v1=" + GenericCheck.sign(SECRET, timestamp, body.getBytes(UTF_8)));
    }

    private static String postmark(PagesOnTrial site, long edition, Subscriber reader, String details) {
        return """
                {"RecordType": "Bounce", "ID": 42, "Type": "HardBounce", "Email": "%s", "Details": "%s",
                 "BouncedAt": "2026-12-01T22:05:00Z", "Metadata": {"rooster": "%s"}}
                """.formatted(
                reader.address().text(), details, site.tokens.seal(Purpose.MESSAGE_ID, 0, edition, reader.publicId()));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatAProviderTellsIsInTheDatabaseWhenItIsAnswered(Databases.Kind kind) {
        try (PagesOnTrial site = open(kind)) {
            Subscriber reader = site.reader("reader@example.org");
            long edition = site.edition(reader);
            String bounce = postmark(site, edition, reader, "smtp;550 5.1.1 no such user");
            assertThat(post(site, "postmark", bounce, "Authorization", basic(SECRET)))
                    .isEqualTo(200);
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.BOUNCED);
            assertThat(post(site, "postmark", bounce, "Authorization", basic(SECRET)))
                    .isEqualTo(200);
            assertThat(site.count("bounce")).isEqualTo(1);
            assertThat(site.counted("rooster.hooks", "result", "taken")).isEqualTo(2);
            assertThat(site.counted("rooster.hook.events", "what", "bounce")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whoCantProveItselfIsRefusedWithoutAHint(Databases.Kind kind) {
        try (PagesOnTrial site = open(kind)) {
            Subscriber reader = site.reader("reader@example.org");
            String bounce = postmark(site, site.edition(reader), reader, "smtp;550 5.1.1 no such user");
            for (String[] headers :
                    new String[][] {{}, {"Authorization", basic("guess")}, {"Authorization", "Bearer x"}}) {
                var answer = site.postAs("application/json", "/hooks/postmark", bounce, headers);
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.body()).isEmpty();
                assertThat(answer.headers().firstValue("WWW-Authenticate"))
                        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic "));
            }
            var unsigned = site.postAs("application/json", "/hooks/mailgun", bounce);
            assertThat(unsigned.statusCode()).isEqualTo(403);
            assertThat(unsigned.body()).isEmpty();
            assertThat(site.count("bounce")).isZero();
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.ACTIVE);
            assertThat(site.counted("rooster.hooks", "result", "refused")).isEqualTo(4);
        }
    }

    @Test
    void whatIsNotConfiguredIsNotThere() {
        try (PagesOnTrial site = open(Databases.Kind.H2)) {
            assertThat(post(site, "sendgrid", "[]")).isEqualTo(404);
            assertThat(post(site, "nobody", "[]")).isEqualTo(404);
            assertThat(site.get("/hooks/postmark").statusCode()).isEqualTo(404);
        }
        try (PagesOnTrial site = PagesOnTrial.open()) {
            assertThat(post(site, "postmark", "[]", "Authorization", basic(SECRET)))
                    .isEqualTo(404);
        }
    }

    @Test
    void garbageIsRefusedAndWhatCanBeReadOfABatchIsTaken() {
        try (PagesOnTrial site = open(Databases.Kind.H2)) {
            Subscriber reader = site.reader("reader@example.org");
            String bounce = postmark(site, site.edition(reader), reader, "smtp;552 5.2.2 mailbox full");
            for (String garbage : List.of("", "{", "null", "hello", "[".repeat(60_000))) {
                assertThat(post(site, "postmark", garbage, "Authorization", basic(SECRET)))
                        .isEqualTo(400);
            }
            assertThat(post(
                            site,
                            "postmark",
                            "[7, {\"RecordType\": \"Delivery\"}, " + bounce + "]",
                            "Authorization",
                            basic(SECRET)))
                    .isEqualTo(200);
            assertThat(site.count("bounce")).isEqualTo(1);
            assertThat(site.counted("rooster.hook.events", "what", "unreadable"))
                    .isEqualTo(1);
            assertThat(post(site, "postmark", bounce, "Authorization", basic(SECRET), "Content-Encoding", "gzip"))
                    .isEqualTo(415);
        }
    }

    @Test
    void aBatchMayBeLargerThanAFormButNotEndless() throws Exception {
        try (PagesOnTrial site = open(Databases.Kind.H2)) {
            String padding = "x".repeat(1_000_000);
            assertThat(post(site, "postmark", "{\"a\": \"" + padding + "\"}", "Authorization", basic(SECRET)))
                    .isEqualTo(200);
            String head =
                    "POST /hooks/postmark HTTP/1.1\r\nHost: x\r\nContent-Length: " + (HookEndpoint.BODY_BYTES_MAX + 1);
            try (Socket announced = said(site, head + "\r\n\r\n")) {
                assertThat(status(announced)).startsWith("HTTP/1.1 413");
            }
            // so little more that nothing is left to be sent when the server hangs up
            assertThat(site.postInPieces(
                            "/hooks/postmark",
                            "x".repeat(HookEndpoint.BODY_BYTES_MAX + 1),
                            "Authorization",
                            basic(SECRET)))
                    .isEqualTo(413);
        }
    }

    @Test
    void whoGuessesIsStoppedAndTheProviderIsNot() {
        try (PagesOnTrial site = open(Databases.Kind.H2)) {
            for (int time = 0; time < HookEndpoint.FAILURES_MAX; time++) {
                assertThat(post(site, "postmark", "{}", "X-Forwarded-For", "203.0.113.7"))
                        .isEqualTo(401);
            }
            String[] right = {"X-Forwarded-For", "203.0.113.7", "Authorization", basic(SECRET)};
            assertThat(post(site, "postmark", "{}", right)).isEqualTo(429);
            assertThat(post(site, "postmark", "{}", "X-Forwarded-For", "203.0.113.8", "Authorization", basic(SECRET)))
                    .isEqualTo(200);
            site.clock.advance(Duration.ofMinutes(1));
            assertThat(post(site, "postmark", "{}", right)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aSignedRequestIsGoodForAWhileAndRepeatingItChangesNothing(Databases.Kind kind) {
        try (PagesOnTrial site = open(kind)) {
            Subscriber reader = site.reader("reader@example.org");
            long edition = site.edition(reader);
            String body =
                    "{\"event\": \"unsubscribed\", \"id\": \"u1\", \"recipient\": \"reader@example.org\", \"reference\": \""
                            + site.tokens.seal(Purpose.MESSAGE_ID, 0, edition, reader.publicId()) + "\"}";
            String timestamp = Long.toString(site.clock.instant().getEpochSecond());
            String[] signed = {
                "Rooster-Timestamp",
                timestamp,
                "Rooster-Signature",
                "v1=" + GenericCheck.sign(SECRET, timestamp, body.getBytes(UTF_8))
            };
            assertThat(post(site, "generic", body, signed)).isEqualTo(200);
            assertThat(post(site, "generic", body, signed)).isEqualTo(200);
            assertThat(post(site, "generic", body + " ", signed)).isEqualTo(403);
            assertThat(site.count("bounce")).isEqualTo(1);
            assertThat(site.outbox()).containsExactly("refusal reader@example.org queued");
            assertThat(site.nudges).hasValue(1);
            site.clock.advance(Duration.ofMinutes(6));
            assertThat(post(site, "generic", body, signed)).isEqualTo(403);
        }
    }

    private static String mailgun(String token, String timestamp, String event) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal((timestamp + token).getBytes(UTF_8)));
        return "{\"signature\": {\"timestamp\": \"%s\", \"token\": \"%s\", \"signature\": \"%s\"}, \"event-data\": %s}"
                .formatted(timestamp, token, signature, event);
    }

    /** Mailgun's signature covers no event: whoever has one must not be able to tell something else with it. */
    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void atMailgunATokenIsGoodForOneBody(Databases.Kind kind) throws Exception {
        try (PagesOnTrial site = open(kind)) {
            Subscriber reader = site.reader("reader@example.org");
            long edition = site.edition(reader);
            String id = site.tokens.seal(Purpose.MESSAGE_ID, 0, edition, reader.publicId()) + "@kkok.kr";
            String timestamp = Long.toString(site.clock.instant().getEpochSecond());
            String said =
                    "{\"event\": \"%s\", \"id\": \"m1\", \"recipient\": \"reader@example.org\", \"message\": {\"headers\": {\"message-id\": \"%s\"}}}";
            String delivered = mailgun("token1", timestamp, said.formatted("delivered", id));
            String complained = mailgun("token1", timestamp, said.formatted("complained", id));
            assertThat(post(site, "mailgun", delivered)).isEqualTo(200);
            assertThat(post(site, "mailgun", delivered)).isEqualTo(200);
            assertThat(post(site, "mailgun", complained)).isEqualTo(403);
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.ACTIVE);
            assertThat(post(site, "mailgun", mailgun("token2", timestamp, said.formatted("complained", id))))
                    .isEqualTo(200);
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.COMPLAINED);
            site.clock.advance(Duration.ofDays(20));
            String later = Long.toString(site.clock.instant().getEpochSecond());
            assertThat(post(site, "mailgun", mailgun("token3", later, "{}"))).isEqualTo(200);
            assertThat(site.count("hook_token")).isEqualTo(1);
        }
    }

    @Test
    void aFailureOfTheDatabaseIsToldAgain() {
        try (PagesOnTrial site = open(Databases.Kind.H2)) {
            Subscriber reader = site.reader("reader@example.org");
            String bounce = postmark(site, site.edition(reader), reader, "smtp;550 5.1.1 no such user");
            site.database.jdbi().useHandle(handle -> handle.execute("alter table bounce rename to hidden"));
            assertThat(post(site, "postmark", bounce, "Authorization", basic(SECRET)))
                    .isEqualTo(503);
            assertThat(site.counted("rooster.hooks", "result", "failed")).isEqualTo(1);
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.ACTIVE);
            site.database.jdbi().useHandle(handle -> handle.execute("alter table hidden rename to bounce"));
            assertThat(post(site, "postmark", bounce, "Authorization", basic(SECRET)))
                    .isEqualTo(200);
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.BOUNCED);
        }
    }

    @Test
    void manyEventsAreTakenInOneRequest() {
        try (PagesOnTrial site = open(Databases.Kind.H2)) {
            Subscriber[] readers = new Subscriber[90];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = site.reader("reader" + i + "@example.org");
            }
            long edition = site.edition(readers);
            StringBuilder events = new StringBuilder("[");
            for (Subscriber reader : readers) {
                events.append(events.length() > 1 ? "," : "")
                        .append("{\"event\": \"delivered\", \"recipient\": \"")
                        .append(reader.address().text())
                        .append("\", \"reference\": \"")
                        .append(site.tokens.seal(Purpose.MESSAGE_ID, 0, edition, reader.publicId()))
                        .append("\"}");
            }
            assertThat(postGeneric(site, events.append("]").toString())).isEqualTo(200);
            assertThat(site.counted("rooster.hook.events", "what", "noted")).isEqualTo(90);
            assertThat(site.count("delivery where arrival = 'arrived' and arrival_source = 'hook generic'"))
                    .isEqualTo(90);
        }
    }

    /** A request whose body does not come. */
    private static Socket stalled(PagesOnTrial site, String path, String from) throws IOException {
        return said(
                site,
                "POST " + path + " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " + from
                        + "\r\nContent-Length: 100\r\n\r\n{");
    }

    private static Socket said(PagesOnTrial site, String words) throws IOException {
        Socket socket = new Socket("127.0.0.1", site.server.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(words.getBytes(UTF_8));
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }

    private static PagesOnTrial limited(Duration silence) {
        HookLimits limits = new HookLimits(2, 1, silence, Duration.ofSeconds(3), 65_536, Duration.ofSeconds(20));
        return PagesOnTrial.withHooks(
                Databases.Kind.H2,
                HOOKS,
                new SnsCertificates(address -> Optional.empty(), () -> Instant.EPOCH),
                limits);
    }

    @Test
    void oneSlowStrangerHoldsNotAllPlaces() throws Exception {
        try (PagesOnTrial site = limited(Duration.ofSeconds(20));
                Socket slow = stalled(site, "/hooks/postmark", "2001:db8:1:2::7")) {
            String[] neighbour = {"X-Forwarded-For", "2001:db8:1:2:3::8", "Authorization", basic(SECRET)};
            assertTimeoutPreemptively(Duration.ofSeconds(15), () -> {
                while (post(site, "postmark", "[]", neighbour) != 503) {
                    assertThat(slow.isClosed()).isFalse(); // until the server has begun to read the slow one
                }
            });
            assertThat(post(site, "postmark", "[]", "X-Forwarded-For", "203.0.113.8", "Authorization", basic(SECRET)))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hooks/postmark", "//hooks/postmark", "/hooks//postmark/", "http://x//hooks/postmark"})
    void whoSaysNothingInTheMiddleIsSentAway(String path) throws Exception {
        try (PagesOnTrial site = limited(Duration.ofMillis(200));
                Socket slow = stalled(site, path, "203.0.113.7")) {
            assertThat(status(slow)).startsWith("HTTP/1.1 408");
            assertThat(site.counted("rooster.hooks", "result", "too-slow")).isEqualTo(1);
        }
    }

    private static byte[] sample(String name) {
        try (var in = GenericCheck.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aTopicOfAmazonsIsConfirmedAndItsCertificateFetchedOnce() {
        List<URI> fetched = new ArrayList<>();
        SnsCertificates sns = new SnsCertificates(
                address -> {
                    fetched.add(address);
                    return Optional.of(sample("sns-certificate.pem"));
                },
                () -> Instant.parse("2026-03-06T20:01:00Z"));
        HookSettings ses = new HookSettings(Provider.SES, List.of(), List.of(TOPIC), Duration.ofHours(2));
        try (PagesOnTrial site = PagesOnTrial.withHooks(Databases.Kind.H2, List.of(ses), sns)) {
            site.clock.set(Instant.parse("2026-03-06T20:01:00Z"));
            String subscription = new String(sample("sns-subscription.json"), UTF_8);
            assertThat(post(site, "ses", subscription)).isEqualTo(200);
            assertThat(fetched).hasSize(2);
            assertThat(fetched.get(1).getQuery()).startsWith("Action=ConfirmSubscription&TopicArn=" + TOPIC);
            // Its text is no JSON, as SES's would be: it is genuine, and told so.
            assertThat(post(site, "ses", new String(sample("sns-version-2.json"), UTF_8)))
                    .isEqualTo(400);
            assertThat(fetched).hasSize(2);
            assertThat(post(site, "ses", subscription.replace("Token\" : \"2", "Token\" : \"3")))
                    .isEqualTo(403);
        }
    }

    @Test
    void withoutTheCertificateAmazonIsAskedToComeAgainAndFetchesAreFew() {
        List<URI> fetched = new ArrayList<>();
        SnsCertificates sns = new SnsCertificates(
                address -> {
                    fetched.add(address);
                    throw new IOException("no route");
                },
                () -> Instant.parse("2026-03-06T20:01:00Z"));
        HookSettings ses = new HookSettings(Provider.SES, List.of(), List.of(TOPIC), Duration.ofHours(2));
        try (PagesOnTrial site = PagesOnTrial.withHooks(Databases.Kind.H2, List.of(ses), sns)) {
            site.clock.set(Instant.parse("2026-03-06T20:01:00Z"));
            for (int time = 0; time < 30; time++) {
                String body = new String(sample("sns-version-1.json"), UTF_8)
                        .replace("SimpleNotificationService-", "SimpleNotificationService-" + time);
                assertThat(post(site, "ses", body)).isEqualTo(503);
            }
            assertThat(fetched).hasSize(10);
        }
    }

    @Test
    void whatStrangersMakeUsFetchKeepsNothingFromThoseWhoAreGenuine() {
        SettableClock clock = new SettableClock(Instant.parse("2026-03-06T20:01:00Z"));
        List<URI> fetched = new ArrayList<>();
        SnsCertificates sns = new SnsCertificates(
                address -> {
                    fetched.add(address);
                    return address.getPath().startsWith("/guess")
                            ? Optional.empty()
                            : Optional.of(sample("sns-certificate.pem"));
                },
                clock);
        URI genuine = URI.create("https://sns.us-west-2.amazonaws.com/SimpleNotificationService-1.pem");
        assertThat(sns.find(genuine)).isPresent();
        sns.proven(genuine);
        clock.advance(Duration.ofDays(1));
        for (int time = 0; time < 50; time++) {
            assertThat(sns.find(URI.create("https://sns.us-west-2.amazonaws.com/guess" + time + ".pem")))
                    .isEmpty();
        }
        assertThat(sns.find(genuine)).as("its day is over").isPresent();
        assertThat(sns.visit(URI.create("https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription")))
                .isTrue();
        assertThat(fetched).hasSize(1 + 10 + 2);
    }

    @Test
    void aFetchThatTakesLongHoldsUpNobodyElse() {
        URI known = URI.create("https://sns.us-west-2.amazonaws.com/SimpleNotificationService-1.pem");
        URI slow = URI.create("https://sns.us-west-2.amazonaws.com/slow.pem");
        SnsCertificates[] sns = new SnsCertificates[1];
        List<Boolean> meanwhile = new ArrayList<>();
        sns[0] = new SnsCertificates(
                address -> {
                    if (address.equals(slow)) {
                        meanwhile.add(CompletableFuture.supplyAsync(
                                        () -> sns[0].find(known).isPresent())
                                .join());
                        meanwhile.add(CompletableFuture.supplyAsync(
                                        () -> sns[0].find(URI.create("https://sns.us-west-2.amazonaws.com/other.pem"))
                                                .isPresent())
                                .join());
                    }
                    return Optional.of(sample("sns-certificate.pem"));
                },
                () -> Instant.parse("2026-03-06T20:01:00Z"));
        assertThat(sns[0].find(known)).isPresent();
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThat(sns[0].find(slow)).isPresent());
        assertThat(meanwhile).as("one that is known, and one more strange one").containsExactly(true, false);
    }

    @Test
    void noCertificateIsFetchedForWhatCantBeSigned() {
        List<URI> fetched = new ArrayList<>();
        SnsCertificates sns = new SnsCertificates(
                address -> {
                    fetched.add(address);
                    return Optional.empty();
                },
                () -> Instant.parse("2026-03-06T20:01:00Z"));
        HookSettings ses = new HookSettings(Provider.SES, List.of(), List.of(TOPIC), Duration.ofHours(2));
        try (PagesOnTrial site = PagesOnTrial.withHooks(Databases.Kind.H2, List.of(ses), sns)) {
            site.clock.set(Instant.parse("2026-03-06T20:01:00Z"));
            String genuine = new String(sample("sns-version-1.json"), UTF_8);
            for (String forged : List.of(
                    genuine.replace("dongie-standard-topic", "another"),
                    genuine.replaceAll("\"Signature\" : \"[^\"]+", "\"Signature\" : \"AAAA"),
                    genuine.replace("\"Notification\"", "\"Else\""),
                    genuine.replace("\"SignatureVersion\" : \"1\"", "\"SignatureVersion\" : \"3\""),
                    genuine.replace("SimpleNotificationService-", "a/../b%2f"))) {
                assertThat(post(site, "ses", forged)).isEqualTo(403);
            }
            assertThat(fetched).isEmpty();
        }
    }

    /** What the application gives to the pages. */
    static TakeEvents take(PagesOnTrial site) {
        return new TakeEvents(
                site.tokens,
                site.subscribing,
                BounceSettings.defaults(),
                List.of(new dev.rooster.bounce.TellOfReturnedMail(site.notices, site.newsletters, false)));
    }
}
