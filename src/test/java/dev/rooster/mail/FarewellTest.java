package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which replies end one connection only, and which ask for less mail. */
class FarewellTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "421 relay.test closing connection",
                "421 4.3.2 Service shutting down",
                "421 4.4.2 relay.test Error: timeout exceeded",
                "421 too many messages in this connection",
                "421 4.7.0 peer.test too many messages on this connection",
                "421 Max message per connection reached, closing transmission channel",
                "421 4.4.1 maximum number of e-mails per session exceeded, please reconnect",
                "452 4.5.3 Too many messages in one session",
            })
    void endsThisConnectionOnly(String reply) {
        assertThat(Farewell.isSaidIn(SmtpReply.parse(reply))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "421 4.7.0 Try again later, closing connection.",
                "421 4.7.28 unusual rate of unsolicited mail",
                "421 4.4.5 Server busy",
                "421 Too many connections from your host",
                "421 4.7.0 Too many concurrent sessions",
                "421 4.3.1 Insufficient system storage",
                "421 4.4.2 Message submission rate for this client has exceeded the configured limit",
                "421 RP-001 The mail server IP has exceeded the rate limit allowed",
                "421 4.3.2 too busy, slow down",
                "451 4.3.0 temporary failure",
                "550 too many messages per connection",
                "250 2.0.0 queued",
            })
    void asksForLessOrSaysSomethingElse(String reply) {
        assertThat(Farewell.isSaidIn(SmtpReply.parse(reply))).isFalse();
    }
}
