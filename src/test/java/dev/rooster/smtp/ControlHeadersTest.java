package dev.rooster.smtp;

import static dev.rooster.smtp.Peers.body;
import static dev.rooster.smtp.Peers.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.event.Provider;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.mail.relay.RelaySession;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ControlHeadersTest {
    private static final String BODY = "Subject: x\r\n\r\nHello\r\n.dot\r\n";

    private static Envelope to(String address, String id, int size) {
        return new Envelope("b+token@bounce.test", EmailAddress.of(address), id, false, size);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POSTMARK  | X-PM-Metadata-rooster: %s
            SENDGRID  | X-SMTPAPI: {"unique_args": {"rooster": "%s"}}
            SPARKPOST | X-MSYS-API: {"metadata": {"rooster": "%s"}}
            BREVO     | X-Mailin-custom: %s
            """)
    void aProviderIsGivenTheReferenceOfEachMail(Provider provider, String header) throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite())) {
            try (RelaySession session = new SmtpRelay(settings(peer).withProvider(provider), Peers.CLOCK).connect()) {
                session.open(to("a@example.net", "first2token", 0));
                session.send(body(), to("b@example.net", "second2token", 25));
                session.next();
                session.send(body(), null);
            }
            assertThat(new String(peer.accepted().get(0).octets(), StandardCharsets.UTF_8))
                    .isEqualTo(header.formatted("first2token") + "\r\n" + BODY);
            assertThat(new String(peer.accepted().get(1).octets(), StandardCharsets.UTF_8))
                    .isEqualTo(header.formatted("second2token") + "\r\n" + BODY);
            int size = 25 + header.formatted("second2token").length() + 2;
            assertThat(peer.commands())
                    .anySatisfy(command -> assertThat(command).contains("SIZE=" + size));
            assertThat(peer.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"SES", "MAILGUN", "RESEND", "''"})
    void othersGetNoHeaderBesidesTheMessage(String provider) throws Exception {
        Provider named = provider.isEmpty() ? null : Provider.valueOf(provider);
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite())) {
            try (RelaySession session = new SmtpRelay(settings(peer).withProvider(named), Peers.CLOCK).connect()) {
                session.open(to("a@example.net", "first2token", 0));
                session.send(body(), null);
            }
            assertThat(new String(peer.accepted().get(0).octets(), StandardCharsets.UTF_8))
                    .isEqualTo(BODY);
        }
    }

    @Test
    void onlyATokenIsEverWritten() {
        for (String odd : new String[] {null, "a\"}b", "UPPER", "x-y", "a".repeat(200)}) {
            assertThat(ControlHeaders.of(Provider.SENDGRID, to("a@example.net", odd, 0)))
                    .isEmpty();
        }
    }
}
