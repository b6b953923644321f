package dev.rooster.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.RelayUnavailable;
import dev.rooster.mail.relay.RelayUnavailable.Kind;
import dev.rooster.sandbox.PeerRule;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import dev.rooster.sandbox.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RelayCheckTest {

    private static List<RelayCheck.Finding> check(RelaySettings settings, Language language) {
        return RelayCheck.check(settings, Peers.CLOCK, language);
    }

    private static List<RelayCheck.Finding> check(ScriptedSmtpPeer peer, RelayCheck.Load load) {
        return RelayCheck.check(Peers.settings(peer), load, Peers.CLOCK, Language.EN);
    }

    @Test
    void aGoodRelayIsCalledGoodAndNothingIsSent() throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite())) {
            assertThat(check(Peers.settings(peer), Language.EN))
                    .containsExactly(
                            new RelayCheck.Finding(
                                    RelayCheck.Severity.GOOD,
                                    "Relay default at 127.0.0.1:" + peer.port()
                                            + " answers and would take mail (without TLS).",
                                    null),
                            new RelayCheck.Finding(
                                    RelayCheck.Severity.GOOD,
                                    "Relay default announces PIPELINING, SIZE 52428800, 8BITMIME, SMTPUTF8, DSN.",
                                    null));
            assertThat(peer.commands()).containsExactly("EHLO client.test", "QUIT");
        }
    }

    @Test
    void whatIsMissingButNotNeededIsAWarning() throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite().withExtensions("HELP"))) {
            assertThat(check(Peers.settings(peer), Language.KO))
                    .extracting(RelayCheck.Finding::severity)
                    .containsExactly(
                            RelayCheck.Severity.GOOD,
                            RelayCheck.Severity.GOOD,
                            RelayCheck.Severity.WARNING,
                            RelayCheck.Severity.WARNING);
        }
    }

    @Test
    void anIssueThatIsLongerThanTheRelayTakesCantBeSentByIt() throws Exception {
        try (ScriptedSmtpPeer peer =
                ScriptedSmtpPeer.start(PeerScript.polite().withExtensions("PIPELINING", "DSN", "SIZE 100000"))) {
            assertThat(check(peer, new RelayCheck.Load(100_000, 0)))
                    .extracting(RelayCheck.Finding::severity)
                    .containsOnly(RelayCheck.Severity.GOOD);
            assertThat(check(peer, new RelayCheck.Load(100_001, 0)))
                    .filteredOn(finding -> finding.severity() == RelayCheck.Severity.FAILED)
                    .extracting(RelayCheck.Finding::what)
                    .containsExactly(
                            "Relay default takes messages of up to 100,000 bytes; the longest queued issue makes 100,001.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIZE", "SIZE 0", "SIZE 99999999999999999999", "SIZE many"})
    void aSizeThatLimitsNothingStopsNoIssue(String size) throws Exception {
        try (ScriptedSmtpPeer peer =
                ScriptedSmtpPeer.start(PeerScript.polite().withExtensions("PIPELINING", "DSN", size))) {
            assertThat(check(peer, new RelayCheck.Load(1_000_000_000, 0)))
                    .extracting(RelayCheck.Finding::severity)
                    .containsOnly(RelayCheck.Severity.GOOD);
        }
    }

    @Test
    void readersWhoNeedSmtpUtf8AreAskedForWhereTheRelayHasNone() throws Exception {
        try (ScriptedSmtpPeer peer =
                ScriptedSmtpPeer.start(PeerScript.polite().withExtensions("PIPELINING", "DSN", "SMTPUTF8"))) {
            assertThat(check(peer, new RelayCheck.Load(0, 0)))
                    .extracting(RelayCheck.Finding::severity)
                    .containsOnly(RelayCheck.Severity.GOOD);
            assertThat(check(peer, new RelayCheck.Load(0, 3)).get(2).what())
                    .startsWith("Relay default does not announce SMTPUTF8 with 8BITMIME: 3 readers");
        }
    }

    @Test
    void theVersionOfTlsIsTold(@TempDir Path folder) throws Exception {
        ServerCertificate certificate = ServerCertificate.create(folder, "localhost");
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite().withTls(certificate, false))) {
            RelaySettings settings = Peers.settings(peer)
                    .withTls(RelaySettings.Tls.STARTTLS)
                    .withTrustedCertificates(certificate.pemFile());
            assertThat(check(settings, Language.EN).get(0).what()).contains("with TLSv1.");
        }
    }

    @Test
    void anUnreachableRelayIsExplainedInBothLanguages() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        RelaySettings settings =
                RelaySettings.defaults("127.0.0.1").withPort(port).withTls(RelaySettings.Tls.NONE);
        RelayCheck.Finding english = check(settings, Language.EN).get(0);
        assertThat(english.severity()).isEqualTo(RelayCheck.Severity.FAILED);
        assertThat(english.what())
                .contains("127.0.0.1:" + port)
                .contains("nobody answers")
                .contains("refused");
        assertThat(english.hint()).contains("host and port");
        assertThat(check(settings, Language.KO).get(0).what()).contains("응답하는 서버가 없습니다");
    }

    @Test
    void aWrongPasswordAndARelayThatIsBusyHaveTheirOwnHints() throws Exception {
        RelayLogin login = new RelayLogin("news", "wrong-one", RelayLogin.Mechanism.AUTO);
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite().withLogin("news", "x", "PLAIN"))) {
            RelayCheck.Finding finding =
                    check(Peers.settings(peer).withLogin(login), Language.EN).get(0);
            assertThat(finding.what())
                    .contains("refuses the login")
                    .contains("535")
                    .doesNotContain("wrong-one");
            assertThat(finding.hint()).contains("app password");
        }
        PeerScript busy =
                PeerScript.polite().withRules(PeerRule.at(SmtpCommand.CONNECT).sayAndCut("421 4.7.0 busy"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(busy)) {
            assertThat(check(Peers.settings(peer), Language.EN).get(0).what()).contains("421 4.7.0 busy");
        }
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite())) {
            RelaySettings settings = Peers.settings(peer).withTls(RelaySettings.Tls.STARTTLS);
            assertThat(check(settings, Language.EN).get(0).what()).contains("does not offer STARTTLS");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindOfFailureHasAnExplanationInBothLanguages(Kind kind) {
        RelaySettings settings = RelaySettings.defaults("mail.example.com");
        for (SmtpCommand at : SmtpCommand.values()) {
            for (SmtpReply reply : new SmtpReply[] {null, SmtpReply.parse("454 4.7.0 x"), SmtpReply.parse("535 y")}) {
                RelayUnavailable failure = new RelayUnavailable(kind, at, reply, "Unknown SMTP host", null);
                for (Language language : Language.values()) {
                    RelayExplanation explanation = RelayExplanation.of(settings, failure, language);
                    assertThat(explanation.what()).contains("mail.example.com").doesNotContain("{");
                    assertThat(explanation.hint()).isNotBlank();
                }
            }
        }
    }
}
