package dev.rooster.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rooster.fixtures.SettableClock;
import dev.rooster.fixtures.TokenEndpoint;
import dev.rooster.oauth.OAuthSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxOAuthTest {
    private final SettableClock clock = SettableClock.at("2026-11-25T00:00:00Z");

    /** As Google and Microsoft document XOAUTH2. */
    private static String response(String token) {
        String words = "user=bounces@example.com\u0001auth=Bearer " + token + "\u0001\u0001";
        return Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.US_ASCII));
    }

    private CollectMailbox collector(ScriptedImapPeer peer, TokenEndpoint endpoint) {
        OAuthSettings oauth = new OAuthSettings(endpoint.uri(), "id", null, "refresh", null, null);
        MailboxSettings settings = WatchMailboxTest.settings(peer.port(), new MailboxLogin.Refreshed(oauth));
        return new CollectMailbox(
                new MailboxConnection(settings, clock), new MailForPeople(Path.of("unused"), PeopleLimits.defaults()));
    }

    @Test
    void aTokenIsGotAndKeptAndExchangedWhenTheServerRefusesIt() throws Exception {
        try (TokenEndpoint endpoint = new TokenEndpoint().gives("one").gives("two");
                ScriptedImapPeer peer = new ScriptedImapPeer("IMAP4rev1 AUTH=XOAUTH2 SASL-IR").takes(response("one"))) {
            CollectMailbox collector = collector(peer, endpoint);
            assertThat(collector.count()).isZero();
            assertThat(collector.count()).isZero();
            assertThat(endpoint.requests()).hasSize(1);
            peer.takes(response("two"));
            assertThat(collector.count()).isZero();
            assertThat(endpoint.requests()).hasSize(2);
        }
    }

    @Test
    void aLoginThatAFreshTokenDoesNotMendIsToldAsSuch() throws Exception {
        try (TokenEndpoint endpoint = new TokenEndpoint().gives("one").gives("two");
                ScriptedImapPeer peer = new ScriptedImapPeer("IMAP4rev1 AUTH=XOAUTH2").takes(response("other"))) {
            MailboxUnavailable failure =
                    catchThrowableOfType(MailboxUnavailable.class, collector(peer, endpoint)::count);
            assertThat(failure.kind()).isEqualTo(MailboxUnavailable.Kind.LOGIN);
            assertThat(endpoint.requests()).hasSize(2);
        }
    }

    @Test
    void noTokenIsToldAsSuchAndNothingIsSaidToTheServer() throws Exception {
        try (TokenEndpoint endpoint = new TokenEndpoint().answers(400, "{\"error\":\"invalid_grant\"}");
                ScriptedImapPeer peer = new ScriptedImapPeer("IMAP4rev1 AUTH=XOAUTH2")) {
            MailboxUnavailable failure =
                    catchThrowableOfType(MailboxUnavailable.class, collector(peer, endpoint)::count);
            assertThat(failure.kind()).isEqualTo(MailboxUnavailable.Kind.TOKEN);
            assertThat(failure).hasMessageContaining("invalid_grant");
            assertThat(peer.heard).isEmpty();
        }
    }
}
