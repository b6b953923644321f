package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.DeliveryEngine;
import dev.rooster.delivery.EngineListener;
import dev.rooster.fixtures.Databases;
import dev.rooster.issue.IssueId;
import dev.rooster.language.Language;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.sandbox.PeerMessage;
import dev.rooster.sandbox.PeerRule;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A day on which every recipient answers 550 5.7.26, by both roads, through the whole program. */
class EverybodyRefusesUsTest {
    private static final int READERS = 300;
    private static final int CANARY = 200;
    private static final String REFUSAL = "550 5.7.26 This mail has been blocked because the sender is unauthenticated";

    private final Path home = Databases.temporaryFolder();

    private CommandRun rooster(Databases.Kind kind, ScriptedSmtpPeer peer) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "ROOSTER_SMTP_HOST",
                peer.host(),
                "ROOSTER_SMTP_PORT",
                String.valueOf(peer.port()),
                "ROOSTER_SMTP_TLS",
                "none",
                "ROOSTER_HTTP_PORT",
                "0"));
        if (kind == Databases.Kind.POSTGRESQL) {
            var settings = Databases.postgresSettings();
            environment.put("ROOSTER_DATABASE_URL", settings.url());
            environment.put("ROOSTER_DATABASE_USERNAME", settings.username());
            environment.put("ROOSTER_DATABASE_PASSWORD", settings.password());
        }
        CommandRun rooster = new CommandRun(home, Language.EN, environment);
        assertThat(rooster.run("init", "H")).isEqualTo(Exit.DONE);
        Path yaml = home.resolve("H/config/rooster.yaml");
        Files.writeString(
                yaml,
                Files.readString(yaml).replace("# operators: [ops@", "operators: [ops@")
                        + "\nprovider-rates: { gmail: off, naver: off }\n");
        StringBuilder people = new StringBuilder("email\n");
        for (int i = 0; i < READERS; i++) {
            String[] domains = {"gmail.com", "naver.com", "example.net"};
            people.append("reader").append(i).append('@').append(domains[i % 3]).append('\n');
        }
        Files.writeString(home.resolve("people.csv"), people);
        Files.writeString(home.resolve("issue.md"), "---\n제목: 첫 이슈\n미리보기: 한 줄\n---\n글\n\n## 주제\n글\n");
        assertThat(rooster.run("subscriber", "import", "people.csv", "--status", "active"))
                .as(rooster::err)
                .isEqualTo(Exit.DONE);
        assertThat(rooster.run("issue", "add", "issue.md")).isEqualTo(Exit.DONE);
        return rooster;
    }

    private static long count(CommandRun rooster, String query) {
        return rooster.app()
                .database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    /** Nobody is suppressed or lost, the issue is paused, and one alarm waits to be sent. */
    private static void nothingIsLost(CommandRun rooster) {
        assertThat(count(rooster, "select count(*) from suppression")).isZero();
        assertThat(count(rooster, "select count(*) from subscription where state = 'active'"))
                .isEqualTo(READERS);
        assertThat(count(rooster, "select count(*) from delivery where state in ('rejected', 'expired')"))
                .isZero();
        assertThat(count(rooster, "select count(*) from notice where kind = 'alarm' and state = 'queued'"))
                .as("one alarm")
                .isEqualTo(1);
        assertThat(
                        count(
                                rooster,
                                "select count(*) from edition where state = 'paused' and state_reason like 'sender-refused: 550 5.7.26%'"))
                .isEqualTo(1);
    }

    private static DeliveryEngine begin(CommandRun rooster, Duration pace) {
        App app = rooster.app();
        assertThat(app.installation().check()).isEmpty();
        app.delivering().editions().start(app.newsletters().all().get(0), new IssueId(1), pace, seen -> {});
        DeliveryEngine engine = app.delivering().engine(edition -> true, new EngineListener() {});
        engine.start();
        return engine;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void saidByTheRelayAtOnce(Databases.Kind kind) throws Exception {
        PeerScript refusing =
                PeerScript.polite().withRules(PeerRule.at(SmtpCommand.BODY).say(REFUSAL));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(refusing);
                CommandRun rooster = rooster(kind, peer)) {
            DeliveryEngine engine = begin(rooster, Duration.ZERO);
            await(() -> count(rooster, "select count(*) from edition where state = 'paused'") == 1);
            engine.stop();
            nothingIsLost(rooster);
            long asked = peer.commands().stream()
                    .filter(line -> line.startsWith("RCPT"))
                    .count();
            assertThat(asked).as("within the canary, and far from its end").isBetween(5L, 50L);
            assertThat(peer.acceptedCount()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void saidByReportsThatComeBack(Databases.Kind kind) throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite());
                CommandRun rooster = rooster(kind, peer)) {
            App app = rooster.app();
            DeliveryEngine engine = begin(rooster, Duration.ofMinutes(20));
            try {
                await(() -> count(rooster, "select count(*) from delivery where state = 'accepted'") == CANARY);
                for (PeerMessage message : peer.accepted()) {
                    app.database()
                            .jdbi()
                            .useTransaction(handle -> app.delivering()
                                    .returnedMail()
                                    .take(
                                            handle,
                                            report(message),
                                            "mailbox bounces",
                                            app.clock().instant()));
                }
                nothingIsLost(rooster);
                assertThat(count(rooster, "select count(*) from bounce where verdict = 'sender-fault'"))
                        .isEqualTo(CANARY);
                assertThat(peer.acceptedCount())
                        .as("the rest waited for the canary")
                        .isEqualTo(CANARY);
                assertThat(rooster.run("report", "1")).isEqualTo(Exit.DONE);
                assertThat(rooster.out()).contains("paused", "550 5.7.26", "First 200");
            } finally {
                engine.stop();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void oneProviderThatRefusesUsIsPausedShownAndResumed(Databases.Kind kind) throws Exception {
        PeerScript gmailRefuses = PeerScript.polite()
                .withRules(PeerRule.at(SmtpCommand.RCPT)
                        .when(moment -> moment.rcpt().endsWith("@gmail.com"))
                        .say(REFUSAL));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(gmailRefuses);
                CommandRun rooster = rooster(kind, peer)) {
            DeliveryEngine engine = begin(rooster, Duration.ZERO);
            await(() -> count(rooster, "select count(*) from delivery where state = 'accepted'") == READERS * 2 / 3);
            engine.stop();
            assertThat(count(rooster, "select count(*) from delivery where state in ('queued', 'deferred')"))
                    .as("nobody at gmail is lost")
                    .isEqualTo(READERS / 3);
            assertThat(count(rooster, "select count(*) from notice where kind = 'alarm' and state = 'queued'"))
                    .isEqualTo(1);
            assertThat(rooster.run("issue", "show", "1")).isEqualTo(Exit.DONE);
            assertThat(rooster.out()).contains("gmail (since", "sender-refused: 550 5.7.26");
            assertThat(rooster.run("issue", "resume", "1", "--provider", "naver"))
                    .isEqualTo(Exit.BAD_INPUT);
            assertThat(rooster.err()).contains("naver is not paused", "gmail");
            assertThat(rooster.run("issue", "resume", "1", "--provider", "gmail"))
                    .isEqualTo(Exit.DONE);
            assertThat(rooster.run("issue", "resume", "1", "--provider", "gmail"))
                    .isEqualTo(Exit.BAD_INPUT);
            assertThat(count(rooster, "select count(*) from edition_provider where paused_at is not null"))
                    .isZero();
        }
    }

    /** As Postfix writes it. */
    private static byte[] report(PeerMessage message) {
        return """
                Return-Path: <>
                From: MAILER-DAEMON@relay.example.net (Mail Delivery System)
                Subject: Undelivered Mail Returned to Sender
                To: %1$s
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b1"
                Message-ID: <%2$s-dsn@relay.example.net>

                --b1
                Content-Type: text/plain

                <%2$s>: host mx said: %3$s

                --b1
                Content-Type: message/delivery-status

                Reporting-MTA: dns; relay.example.net

                Final-Recipient: rfc822; %2$s
                Action: failed
                Status: 5.7.26
                Diagnostic-Code: smtp; %3$s

                --b1--
                """.formatted(message.mailFrom(), message.rcpt(), REFUSAL)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
