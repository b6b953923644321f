package dev.rooster.smtp;

import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ScriptedPeerSessionTest extends RelaySessionContract {
    private ScriptedSmtpPeer peer;

    @BeforeEach
    void start() throws Exception {
        peer = ScriptedSmtpPeer.start(PeerScript.polite());
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Override
    RelaySettings server() {
        return Peers.settings(peer);
    }

    @Override
    List<String> received(String rcpt) {
        return peer.accepted().stream()
                .filter(message -> message.rcpt().equals(rcpt))
                .map(message -> new String(message.octets(), StandardCharsets.UTF_8))
                .toList();
    }
}
