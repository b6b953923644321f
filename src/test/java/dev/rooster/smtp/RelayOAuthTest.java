package dev.rooster.smtp;

import static dev.rooster.smtp.Peers.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rooster.fixtures.TokenEndpoint;
import dev.rooster.language.Language;
import dev.rooster.mail.relay.RelayUnavailable;
import dev.rooster.mail.relay.RelayUnavailable.Kind;
import dev.rooster.oauth.OAuthSettings;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RelayOAuthTest {
    private static SmtpRelay relay(ScriptedSmtpPeer peer, TokenEndpoint endpoint) {
        OAuthSettings oauth = new OAuthSettings(endpoint.uri(), "id", null, "refresh", null, null);
        return new SmtpRelay(settings(peer).withLogin(RelayLogin.refreshed("news", oauth)), Peers.CLOCK);
    }

    @Test
    void severalConnectionsShareAToken() throws Exception {
        PeerScript script = PeerScript.polite().withLogin("news", "one", "XOAUTH2");
        try (TokenEndpoint endpoint = new TokenEndpoint().gives("one").gives("two");
                ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                SmtpRelay relay = relay(peer, endpoint)) {
            relay.connect().close();
            relay.connect().close();
            assertThat(endpoint.requests()).hasSize(1);
        }
    }

    @Test
    void aRefusedTokenIsExchangedOnceBeforeTheLoginCountsAsRefused() throws Exception {
        PeerScript script = PeerScript.polite().withLogin("news", "two", "XOAUTH2");
        try (TokenEndpoint endpoint =
                        new TokenEndpoint().gives("one").gives("two").gives("three");
                ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                SmtpRelay relay = relay(peer, endpoint)) {
            relay.connect().close();
            assertThat(endpoint.requests()).hasSize(2);
        }
        try (TokenEndpoint endpoint = new TokenEndpoint().gives("one");
                ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                SmtpRelay relay = relay(peer, endpoint)) {
            RelayUnavailable failure = catchThrowableOfType(RelayUnavailable.class, relay::connect);
            assertThat(failure.kind()).isEqualTo(Kind.AUTH);
            assertThat(failure.reply()).isNotNull();
        }
    }

    @Test
    void noTokenIsExplainedAsSuch() throws Exception {
        try (TokenEndpoint endpoint = new TokenEndpoint().answers(401, "{\"error\":\"invalid_client\"}");
                ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite());
                SmtpRelay relay = relay(peer, endpoint)) {
            RelayUnavailable failure = catchThrowableOfType(RelayUnavailable.class, relay::connect);
            assertThat(failure.kind()).isEqualTo(Kind.AUTH);
            RelayExplanation explanation = RelayExplanation.of(relay.settings(), failure, Language.EN);
            assertThat(explanation.what()).contains("no access token", "invalid_client");
            assertThat(explanation.hint()).contains("client-id");
        }
    }
}
