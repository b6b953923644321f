package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.dns.DnsLookup;
import dev.rooster.dns.MapLookup;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.inbox.MailForPeople;
import dev.rooster.inbox.MailReceiver;
import dev.rooster.inbox.MailTaker;
import dev.rooster.inbox.PeopleLimits;
import dev.rooster.inbox.ReceiverSettings;
import dev.rooster.language.Language;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import dev.rooster.sandbox.ServerCertificate;
import dev.rooster.token.KeyRing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DoctorCommandTest {
    private static final String SETTINGS = """
            public-url: https://letters.news.kr
            newsletters:
              ai-weekly:
                name: AI Weekly
                slot: WED 07:00
                from: letter@news.kr
                identity: { name: A, email: help@news.kr, phone: 02-1234-5678, address: Seoul }
            relays:
              default: { host: 127.0.0.1, port: 1, tls: none }
            """;

    private final Path home = Databases.temporaryFolder();
    private final Map<String, String> environment = new HashMap<>();
    private final MapLookup dns = new MapLookup()
            .with(DnsLookup.Type.ADDRESS, "letters.news.kr", "192.0.2.7")
            .with(DnsLookup.Type.MX, "news.kr", "mx.news.kr")
            .with(DnsLookup.Type.TXT, "news.kr", "v=spf1 include:relay.net -all")
            .with(DnsLookup.Type.TXT, "_dmarc.news.kr", "v=DMARC1; p=reject");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/rooster.yaml"), SETTINGS);
        KeyRing.create(home.resolve("data/keys"), new SecureRandom());
    }

    @Test
    void aSoundInstallationIsToldSo() throws IOException {
        try (ScriptedSmtpPeer relay = ScriptedSmtpPeer.start(PeerScript.polite())) {
            environment.put("ROOSTER_SMTP_PORT", String.valueOf(relay.port()));
            assertThat(run()).isEqualTo(Exit.DONE);
        }
        assertThat(text())
                .contains("✓ config/rooster.yaml: one newsletter, one relay", "✓ SPF of news.kr", "p=reject")
                .contains("! Rooster does not sign mails from news.kr.", "Nothing is broken")
                .doesNotContain("✗");
    }

    @Test
    void aRelayThatDoesNotAnswerIsBroken() {
        assertThat(run("--json")).isEqualTo(Exit.FAILED);
        assertThat(text()).contains("\"ok\" : false", "\"area\" : \"relay\"", "\"state\" : \"failed\"");
    }

    @Test
    void eachRelayIsLookedAtWithWhatItIsFor() throws IOException {
        try (ScriptedSmtpPeer good = ScriptedSmtpPeer.start(PeerScript.polite());
                ScriptedSmtpPeer locked =
                        ScriptedSmtpPeer.start(PeerScript.polite().withLogin("news", "secret", "PLAIN"))) {
            Files.writeString(
                    home.resolve("config/rooster.yaml"),
                    SETTINGS.replaceAll("(?s)relays:.*", "") + """
                            relays:
                              default: { host: 127.0.0.1, port: %1$d, tls: none, weight: 9 }
                              spare: { host: 127.0.0.1, port: %2$d, tls: none, failover: 1, roles: [bulk],
                                       username: news, password: wrong }
                              office: { host: 127.0.0.1, port: %1$d, tls: none, roles: [test, notices] }
                            """.formatted(good.port(), locked.port()));
            assertThat(run()).isEqualTo(Exit.FAILED);
            assertThat(text())
                    .contains(
                            "Relay default carries the issues of ai-weekly (share 9), test copies, single mails and alarms",
                            "Relay spare carries the issues of ai-weekly (only while all of a lower order than 1",
                            "Relay office carries test copies, single mails and alarms",
                            "✗ Relay spare",
                            "✓ Relay office announces PIPELINING, SIZE 52428800")
                    .doesNotContain("✗ Relay default", "wrong");
        }
    }

    @Test
    void aRelayThatNothingUsesIsTold() throws IOException {
        Files.writeString(
                home.resolve("config/rooster.yaml"),
                SETTINGS.replace("from: letter@news.kr", "from: letter@news.kr\n    relay: default")
                        + "  idle: { host: 127.0.0.1, port: 1, tls: none, roles: [bulk] }\n");
        run();
        assertThat(text()).contains("! Nothing uses the relay idle");
    }

    @Test
    void hooksAreListedAndARelayWithoutItsHookIsTold() throws IOException {
        Files.writeString(
                home.resolve("config/rooster.yaml"), SETTINGS + "hooks: { brevo: { secret: a-password-of-ours } }\n");
        environment.put("ROOSTER_SMTP_PROVIDER", "postmark");
        run("--offline");
        assertThat(text())
                .contains("✓ brevo: tells what becomes of mails at https://letters.news.kr/hooks/brevo")
                .contains("! The relay default is postmark's, and nothing listens", "Set hooks: postmark")
                .doesNotContain("a-password-of-ours");
    }

    @Test
    void aMailboxThatIsNotThereIsBrokenAndEverythingElseIsLookedAtAllTheSame() throws IOException {
        Files.writeString(
                home.resolve("config/rooster.yaml"),
                SETTINGS
                        + "mailboxes:\n  bounces: { host: 127.0.0.1, port: 1, tls: none, username: b, password: hush }\n");
        assertThat(run()).isEqualTo(Exit.FAILED);
        assertThat(text())
                .contains("✗ Mailbox bounces", "✗ Relay default", "✓ SPF of news.kr")
                .doesNotContain("hush");
    }

    @Test
    void offlineNeitherAsksTheRelayNorTheDns() {
        assertThat(run("--offline")).isEqualTo(Exit.DONE);
        assertThat(text()).contains("(--offline)").doesNotContain("SPF", "Relays\n");
    }

    @Test
    void everyFaultOfTheSettingsIsListed() throws IOException {
        Files.writeString(
                home.resolve("config/rooster.yaml"),
                SETTINGS.replace("slot: WED", "slot: MOO").replace("port: 1,", "prot: 1,"));
        assertThat(run()).isEqualTo(Exit.FAILED);
        assertThat(text()).contains("config/rooster.yaml:5", "config/rooster.yaml:9", "✓ " + home.resolve("data/keys"));
    }

    @Test
    void keysThatOthersCanReadAreTold() throws IOException {
        Path key = home.resolve("data/keys/tokens.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(run("--offline")).isEqualTo(Exit.FAILED);
        assertThat(text()).contains("✗ " + key, "→ chmod go= " + key);
    }

    @Test
    void missingKeysAreNeverMade() throws IOException {
        Files.delete(home.resolve("data/keys/tokens.key"));
        assertThat(run("--offline")).isEqualTo(Exit.FAILED);
        assertThat(home.resolve("data/keys/tokens.key")).doesNotExist();
    }

    @Test
    void whatTheLawAsksIsAWarningWhileTheRelayIsOnThisMachine() throws IOException {
        Files.writeString(home.resolve("config/rooster.yaml"), SETTINGS.replace("02-1234-5678", "CHANGE-ME"));
        assertThat(run("--offline")).isEqualTo(Exit.DONE);
        assertThat(text()).contains("! Missing: newsletters.ai-weekly.identity.phone");
        environment.put("ROOSTER_SMTP_HOST", "192.0.2.1");
        assertThat(run("--offline")).isEqualTo(Exit.FAILED);
        assertThat(text()).contains("✗ Missing: newsletters.ai-weekly.identity.phone");
    }

    @Test
    void aTemplateThatDoesNotCompileIsToldWithFileAndLine() throws IOException {
        Files.createDirectories(home.resolve("templates"));
        Files.writeString(home.resolve("templates/issue.text.mustache"), "one\n{{no.such.name}}\n");
        assertThat(run("--offline")).isEqualTo(Exit.FAILED);
        assertThat(text()).contains("✗ templates/issue.text.mustache:2");
    }

    private MailReceiver receiver(int port) throws IOException {
        MailReceiver receiver = new MailReceiver(
                ReceiverSettings.defaults(port),
                Optional::of,
                mail -> MailTaker.Fate.DONE,
                new MailForPeople(home.resolve("data/mail-for-people"), PeopleLimits.defaults()));
        receiver.start();
        return receiver;
    }

    private void settings(String receiver) throws IOException {
        Files.writeString(home.resolve("config/rooster.yaml"), SETTINGS + "receiver: { " + receiver + " }\n");
    }

    @Test
    void aReceiverIsAskedWhetherItAnswers() throws IOException {
        try (MailReceiver receiver = receiver(0)) {
            settings("port: " + receiver.port());
            run();
            assertThat(text())
                    .contains("✓ It answers at 127.0.0.1:" + receiver.port())
                    .contains("· It listens on 127.0.0.1:" + receiver.port() + ", on this machine alone");
        }
        try (ScriptedSmtpPeer other = ScriptedSmtpPeer.start(PeerScript.polite())) {
            settings("port: " + other.port());
            run();
            assertThat(text()).contains("✗ Another mail server answers at 127.0.0.1:" + other.port());
        }
        settings("port: 1");
        run();
        assertThat(text()).contains("! Nothing answers at 127.0.0.1:1", "rooster serve");
    }

    @Test
    void theWayToAReceiverIsLookedAt() throws IOException {
        settings("host: 0.0.0.0, port: 2599, name: elsewhere.news.kr");
        run();
        assertThat(text())
                .contains("! Reports come to 0.0.0.0:2599 in clear")
                .contains("! Mail servers deliver to port 25, and it listens on 2599")
                .contains("! Mail for news.kr goes to mx.news.kr, which seems to be another machine.");
        settings("host: 0.0.0.0, port: 2599, name: mx.news.kr");
        run();
        assertThat(text()).contains("✓ Mail for news.kr comes here (mx.news.kr)");
        dns.with(DnsLookup.Type.ADDRESS, "mx.news.kr", "127.0.0.1");
        settings("host: 0.0.0.0, port: 2599");
        run();
        assertThat(text()).contains("✓ Mail for news.kr comes here (mx.news.kr)");
    }

    @Test
    void theCertificateOfAReceiverIsLookedAt() throws Exception {
        ServerCertificate certificate = ServerCertificate.create(home, "mx.news.kr");
        try (MailReceiver without = receiver(0)) {
            settings("port: " + without.port() + ", certificate: " + certificate.pemFile() + ", private-key: "
                    + certificate.keyFile());
            run();
            assertThat(text()).contains("✗ It offers no STARTTLS", "Its certificate");
        }
        settings("port: 1, certificate: nothing.pem, private-key: nothing.key");
        run();
        assertThat(text()).contains("✗ Its certificate can't be used", "nothing");
    }

    @Test
    void aFullFolderOfMailForPeopleIsBroken() throws IOException {
        environment.put("ROOSTER_MAIL_FOR_PEOPLE_MAILS", "10");
        Path folder = Files.createDirectories(home.resolve("data/mail-for-people"));
        for (int mail = 0; mail < 10; mail++) {
            assertThat(text()).doesNotContain("✗ The folder of mail for people");
            Files.writeString(folder.resolve(mail + ".eml"), "x");
            run("--offline");
        }
        assertThat(text()).contains("✗ The folder of mail for people is full: 10 mails");
    }

    private int run(String... args) {
        out.reset();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console =
                new Console(new ByteArrayInputStream(new byte[0]), stream, stream, home, false, 100, Language.EN);
        DoctorCommand command = new DoctorCommand(() -> dns);
        new CommandLine(command).parseArgs(args);
        try (App app = new App(home, environment, SettableClock.at("2026-11-24T07:00:00Z"))) {
            return command.run(new Session(console, () -> app));
        }
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
