package dev.rooster.smtp;

import static dev.rooster.smtp.Peers.body;
import static dev.rooster.smtp.Peers.settings;
import static dev.rooster.smtp.Peers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.relay.BodyResult.Answered;
import dev.rooster.mail.relay.RelaySession;
import dev.rooster.mail.relay.RelayUnavailable;
import dev.rooster.mail.relay.RelayUnavailable.Kind;
import dev.rooster.sandbox.PeerRule;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import dev.rooster.sandbox.ServerCertificate;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Connecting, protecting and authenticating. */
@Timeout(60)
class SmtpRelayTest {
    private static final String SECRET = "s3cret-Pa55";

    @TempDir
    static Path directory;

    private static ServerCertificate good;

    @BeforeAll
    static void makeCertificate() throws Exception {
        good = ServerCertificate.create(directory, "localhost");
    }

    private static RelaySettings secure(ScriptedSmtpPeer peer, RelaySettings.Tls tls, Path trusted) {
        RelaySettings base = settings(peer);
        return new RelaySettings(
                base.name(),
                "localhost",
                base.port(),
                tls,
                trusted,
                null,
                base.helo(),
                base.limits(),
                base.dsn(),
                base.timeouts(),
                null);
    }

    private static RelayUnavailable failure(RelaySettings settings) {
        return catchThrowableOfType(
                RelayUnavailable.class,
                () -> new SmtpRelay(settings, Peers.CLOCK).connect().close());
    }

    private static void sendsOneMessage(RelaySettings settings, ScriptedSmtpPeer peer) throws Exception {
        try (SmtpRelay relay = new SmtpRelay(settings, Peers.CLOCK);
                RelaySession session = relay.connect()) {
            session.open(to("a@example.net"));
            assertThat(session.send(body(), to("b@example.net"))).isInstanceOf(Answered.class);
            session.next();
            assertThat(session.send(body(), null)).isInstanceOf(Answered.class);
            assertThat(session.usable()).isTrue();
        }
        assertThat(peer.acceptedCount()).isEqualTo(2);
        assertThat(peer.violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RelaySettings.Tls.class,
            names = {"STARTTLS", "IMPLICIT"})
    void messagesGoOverTlsToARelayWhoseCertificateIsGood(RelaySettings.Tls tls) throws Exception {
        PeerScript script = PeerScript.polite().withTls(good, tls == RelaySettings.Tls.IMPLICIT);
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            sendsOneMessage(secure(peer, tls, good.pemFile()), peer);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STARTTLS, AUTO, PLAIN LOGIN",
        "IMPLICIT, PLAIN, PLAIN",
        "STARTTLS, LOGIN, LOGIN PLAIN",
        "STARTTLS, AUTO, LOGIN",
        "IMPLICIT, XOAUTH2, PLAIN XOAUTH2"
    })
    void eachMechanismLogsInOverTls(RelaySettings.Tls tls, RelayLogin.Mechanism mechanism, String offered)
            throws Exception {
        PeerScript script = PeerScript.polite()
                .withTls(good, tls == RelaySettings.Tls.IMPLICIT)
                .withLogin("news", SECRET, offered);
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            sendsOneMessage(
                    secure(peer, tls, good.pemFile()).withLogin(new RelayLogin("news", SECRET, mechanism)), peer);
        }
    }

    @ParameterizedTest
    @EnumSource(value = RelayLogin.Mechanism.class)
    void aWrongPasswordIsToldAsSuchAndNotRepeatedAnywhere(RelayLogin.Mechanism mechanism) throws Exception {
        PeerScript script =
                PeerScript.polite().withTls(good, false).withLogin("news", "another", "PLAIN LOGIN XOAUTH2");
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            RelayUnavailable failure = failure(secure(peer, RelaySettings.Tls.STARTTLS, good.pemFile())
                    .withLogin(new RelayLogin("news", SECRET, mechanism)));
            assertThat(failure.kind()).isEqualTo(Kind.AUTH);
            assertThat(failure.at()).isEqualTo(SmtpCommand.AUTH);
            assertThat(failure.reply().code()).isEqualTo(535);
            assertThat(failure).hasNoCause();
            assertThat(failure.toString()).doesNotContain(SECRET);
        }
    }

    @Test
    void aRelayThatRepeatsThePasswordDoesNotGetItIntoTheMessage() throws Exception {
        String sent = java.util.Base64.getEncoder()
                .encodeToString(("news\0news\0" + SECRET).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        PeerScript script = PeerScript.polite()
                .withTls(good, false)
                .withLogin("news", "another", "PLAIN")
                .withRules(PeerRule.at(SmtpCommand.AUTH).say("535 5.7.8 bad: AUTH PLAIN " + sent + " " + SECRET));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            RelayUnavailable failure = failure(secure(peer, RelaySettings.Tls.STARTTLS, good.pemFile())
                    .withLogin(new RelayLogin("news", SECRET, RelayLogin.Mechanism.PLAIN)));
            assertThat(failure.getMessage())
                    .contains("535")
                    .doesNotContain(SECRET)
                    .doesNotContain(sent);
            assertThat(failure.reply().text()).doesNotContain(SECRET).doesNotContain(sent);
        }
    }

    @Test
    void aTemporaryFailureOfAuthenticationKeepsItsReply() throws Exception {
        PeerScript script = PeerScript.polite()
                .withTls(good, false)
                .withLogin("news", SECRET, "PLAIN")
                .withRules(PeerRule.at(SmtpCommand.AUTH).say("454 4.7.0 try later"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            RelayUnavailable failure = failure(secure(peer, RelaySettings.Tls.STARTTLS, good.pemFile())
                    .withLogin(new RelayLogin("news", SECRET, RelayLogin.Mechanism.AUTO)));
            assertThat(failure.kind()).isEqualTo(Kind.AUTH);
            assertThat(failure.reply().code()).isEqualTo(454);
        }
    }

    @Test
    void aLoginIsNeverSentInClearExceptOnLoopback() throws Exception {
        RelaySettings elsewhere = RelaySettings.defaults("192.0.2.1")
                .withTls(RelaySettings.Tls.NONE)
                .withLogin(new RelayLogin("news", SECRET, RelayLogin.Mechanism.AUTO));
        RelayUnavailable failure = failure(elsewhere);
        assertThat(failure.kind()).isEqualTo(Kind.TLS);
        assertThat(failure.getMessage()).contains("never sent in clear");

        PeerScript script = PeerScript.polite().withLogin("news", SECRET, "PLAIN");
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            sendsOneMessage(settings(peer).withLogin(new RelayLogin("news", SECRET, RelayLogin.Mechanism.AUTO)), peer);
        }
    }

    @Test
    void aLoginThatTheRelayDoesNotAskForIsAMistakeOfTheSettings() throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite())) {
            RelayUnavailable failure =
                    failure(settings(peer).withLogin(new RelayLogin("news", SECRET, RelayLogin.Mechanism.AUTO)));
            assertThat(failure.kind()).isEqualTo(Kind.AUTH);
            assertThat(failure.getMessage()).contains("offers no authentication");
        }
    }

    @Test
    void mechanismsWithoutACommonOneAreToldAsSuch() throws Exception {
        PeerScript script = PeerScript.polite().withTls(good, false).withLogin("news", SECRET, "CRAM-MD5");
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            RelayUnavailable failure = failure(secure(peer, RelaySettings.Tls.STARTTLS, good.pemFile())
                    .withLogin(new RelayLogin("news", SECRET, RelayLogin.Mechanism.AUTO)));
            assertThat(failure.kind()).isEqualTo(Kind.AUTH);
            assertThat(failure.getMessage()).contains("No authentication mechanisms");
        }
    }

    @Test
    void aCertificateThatIsUntrustedExpiredOrForAnotherNameIsRefused() throws Exception {
        ServerCertificate expired = ServerCertificate.createExpired(directory, "localhost");
        ServerCertificate other = ServerCertificate.create(directory, "mail.example.org");
        for (boolean implicit : new boolean[] {true, false}) {
            RelaySettings.Tls tls = implicit ? RelaySettings.Tls.IMPLICIT : RelaySettings.Tls.STARTTLS;
            try (ScriptedSmtpPeer peer =
                    ScriptedSmtpPeer.start(PeerScript.polite().withTls(good, implicit))) {
                assertThat(failure(secure(peer, tls, null)).kind())
                        .as("untrusted")
                        .isEqualTo(Kind.TLS);
            }
            try (ScriptedSmtpPeer peer =
                    ScriptedSmtpPeer.start(PeerScript.polite().withTls(expired, implicit))) {
                RelayUnavailable failure = failure(secure(peer, tls, expired.pemFile()));
                assertThat(failure.kind()).as("expired").isEqualTo(Kind.TLS);
                assertThat(failure.getMessage()).contains("NotAfter");
            }
            try (ScriptedSmtpPeer peer =
                    ScriptedSmtpPeer.start(PeerScript.polite().withTls(other, implicit))) {
                RelayUnavailable failure = failure(secure(peer, tls, other.pemFile()));
                assertThat(failure.kind()).as("another name").isEqualTo(Kind.TLS);
                assertThat(failure.getMessage()).contains("localhost");
                assertThat(peer.commands()).doesNotContain("MAIL");
            }
        }
    }

    @Test
    void starttlsThatIsNotOfferedOrRefusedIsNotDoneWithout() throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite())) {
            RelayUnavailable failure = failure(secure(peer, RelaySettings.Tls.STARTTLS, null));
            assertThat(failure.kind()).isEqualTo(Kind.TLS);
            assertThat(failure.getMessage()).contains("STARTTLS");
        }
        PeerScript refusing = PeerScript.polite()
                .withTls(good, false)
                .withRules(PeerRule.at(SmtpCommand.STARTTLS).say("454 4.7.0 TLS not available"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(refusing)) {
            RelayUnavailable failure = failure(secure(peer, RelaySettings.Tls.STARTTLS, good.pemFile()));
            assertThat(failure.kind()).isEqualTo(Kind.TLS);
            assertThat(failure.reply().code()).isEqualTo(454);
        }
    }

    @Test
    void whatWasSaidInClearBeforeTlsIsForgotten() throws Exception {
        // RFC 3207 §5: a reply injected behind STARTTLS must not become the answer to the EHLO inside TLS.
        PeerScript script = PeerScript.polite()
                .withTls(good, false)
                .withRules(PeerRule.at(SmtpCommand.STARTTLS)
                        .sayRaw("220 2.0.0 go ahead\r\n250-evil.test\r\n250 AUTH PLAIN\r\n"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            RelaySettings settings = secure(peer, RelaySettings.Tls.STARTTLS, good.pemFile());
            try (SmtpRelay relay = new SmtpRelay(settings, Peers.CLOCK)) {
                SmtpRelay.Connected connected = relay.connectInOrder();
                assertThat(connected.capabilities().pipelining()).isTrue();
                connected.session().close();
            } catch (RelayUnavailable refused) {
                assertThat(refused.kind()).isEqualTo(Kind.TLS);
            }
        }
        PeerScript forgetful = PeerScript.polite()
                .withTls(good, false)
                .withRules(PeerRule.at(SmtpCommand.EHLO).nth(2).say("451 4.3.0 not now"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(forgetful)) {
            RelayUnavailable failure = failure(secure(peer, RelaySettings.Tls.STARTTLS, good.pemFile()));
            assertThat(failure.reply().code()).isEqualTo(451);
        }
    }

    @Test
    void aRelayThatSpeaksNoTlsOnItsTlsPortIsToldAsSuch() throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite())) {
            RelayUnavailable failure = failure(secure(peer, RelaySettings.Tls.IMPLICIT, null));
            assertThat(failure.kind()).isEqualTo(Kind.TLS);
        }
    }

    @Test
    void nobodyListeningIsToldAsSuch() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        RelayUnavailable failure =
                failure(RelaySettings.defaults("127.0.0.1").withPort(port).withTls(RelaySettings.Tls.NONE));
        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.reply()).isNull();
        RelayUnavailable unknown =
                failure(RelaySettings.defaults("no-such-host.invalid").withTls(RelaySettings.Tls.NONE));
        assertThat(unknown.kind()).isEqualTo(Kind.CONNECT);
        assertThat(unknown.getMessage()).contains("no-such-host.invalid");
    }

    @Test
    void aRelayThatDoesNotWantUsNowIsToldWithItsWords() throws Exception {
        PeerScript busy =
                PeerScript.polite().withRules(PeerRule.at(SmtpCommand.CONNECT).sayAndCut("421 4.7.0 too busy"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(busy)) {
            RelayUnavailable failure = failure(settings(peer));
            assertThat(failure.kind()).isEqualTo(Kind.GREETING);
            assertThat(failure.reply().toString()).isEqualTo("421 4.7.0 too busy");
        }
        PeerScript mute =
                PeerScript.polite().withRules(PeerRule.at(SmtpCommand.CONNECT).cut());
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(mute)) {
            assertThat(failure(settings(peer)).kind()).isEqualTo(Kind.GREETING);
        }
    }

    @Test
    void aRelayThatDoesNotGreetIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        PeerScript script =
                PeerScript.polite().withRules(PeerRule.at(SmtpCommand.CONNECT).hold(never));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            RelayUnavailable failure =
                    failure(settings(peer).withTimeouts(RelayTimeouts.defaults().atMost(Duration.ofMillis(200))));
            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void theOneConnectionTooManyIsTheRelaysWordNotAnError() throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite().withLimits(1, 100));
                SmtpRelay relay = Peers.relay(peer);
                RelaySession first = relay.connect()) {
            RelayUnavailable failure = catchThrowableOfType(RelayUnavailable.class, relay::connect);
            assertThat(failure.reply().code()).isEqualTo(421);
            assertThat(first.usable()).isTrue();
        }
    }

    @Test
    void loopbackIsKnownByAddressNotByName() {
        assertThat(new SmtpRelay(RelaySettings.defaults("127.0.0.2"), Peers.CLOCK).loopback())
                .isTrue();
        assertThat(new SmtpRelay(RelaySettings.defaults("localhost"), Peers.CLOCK).loopback())
                .isTrue();
        assertThat(new SmtpRelay(RelaySettings.defaults("192.0.2.1"), Peers.CLOCK).loopback())
                .isFalse();
        assertThat(new SmtpRelay(RelaySettings.defaults("no-such-host.invalid"), Peers.CLOCK).loopback())
                .isFalse();
    }

    @Test
    void aSettingThatCannotWorkIsNamed() {
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class,
                        () -> RelaySettings.defaults("x").withPort(0)))
                .hasMessage("port is 0; expected 1–65535");
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> RelaySettings.defaults("mail example.com")))
                .hasMessageContaining("host is mail example.com");
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> new RelayLimits(0, 1, Duration.ofMinutes(1))))
                .hasMessage("connections is 0; expected 1–200");
        assertThat(RelaySettings.defaults("x")
                        .withLogin(new RelayLogin("news", SECRET, RelayLogin.Mechanism.AUTO))
                        .toString())
                .doesNotContain(SECRET);
    }
}
