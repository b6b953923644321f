package dev.rooster.smtp;

import dev.rooster.fixtures.SettableClock;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Builders shared by the tests of this package. */
final class Peers {
    static final SettableClock CLOCK = SettableClock.at("2026-12-01T22:00:00Z");

    private Peers() {}

    static RelaySettings settings(ScriptedSmtpPeer peer) {
        return RelaySettings.defaults(peer.host())
                .withPort(peer.port())
                .withTls(RelaySettings.Tls.NONE)
                .withHelo("client.test")
                .withTimeouts(RelayTimeouts.defaults().atMost(Duration.ofSeconds(20)));
    }

    static SmtpRelay relay(ScriptedSmtpPeer peer) {
        return new SmtpRelay(settings(peer), CLOCK);
    }

    static Envelope to(String rcpt) {
        return new Envelope("b+token@bounce.test", EmailAddress.of(rcpt), null, false, 0);
    }

    static MessageBuffer body(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        MessageBuffer buffer = new MessageBuffer(octets.length + 1);
        buffer.append(octets);
        return buffer;
    }

    static MessageBuffer body() {
        return body("Subject: x\r\n\r\nHello\r\n.dot\r\n");
    }
}
