package dev.rooster.smtp;

import static dev.rooster.smtp.Peers.body;
import static dev.rooster.smtp.Peers.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.relay.BodyResult.Answered;
import dev.rooster.mail.relay.EnvelopeResult;
import dev.rooster.mail.relay.EnvelopeResult.Ready;
import dev.rooster.mail.relay.RelaySession;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session does with any server that takes mail. */
@Timeout(60)
abstract class RelaySessionContract {

    abstract RelaySettings server() throws Exception;

    /** What the server has for a recipient: whole messages, as it keeps them. */
    abstract List<String> received(String rcpt) throws Exception;

    @Test
    void messagesArriveWholeAndOnTheirOwn() throws Exception {
        try (SmtpRelay relay = new SmtpRelay(server(), Peers.CLOCK);
                RelaySession session = relay.connect()) {
            EnvelopeResult opened = session.open(to("r0@localhost.test"));
            for (int i = 0; i < 5; i++) {
                assertThat(opened).isEqualTo(new Ready());
                boolean last = i == 4;
                String message = "From: a@x.test\r\nTo: r" + i + "@localhost.test\r\nSubject: " + i
                        + "\r\nMIME-Version: 1.0\r\n\r\n.\r\n..\r\n.x\r\nend " + i + "\r\n";
                assertThat(session.send(body(message), last ? null : to("r" + (i + 1) + "@localhost.test")))
                        .isInstanceOfSatisfying(
                                Answered.class,
                                answered -> assertThat(answered.reply().firstDigit())
                                        .isEqualTo(2));
                opened = last ? null : session.next();
            }
        }
        for (int i = 0; i < 5; i++) {
            assertThat(received("r" + i + "@localhost.test")).hasSize(1);
            assertThat(received("r" + i + "@localhost.test").get(0))
                    .contains("Subject: " + i)
                    .contains("\r\n.\r\n..\r\n.x\r\nend " + i);
        }
    }

    @Test
    void anAbandonedMessageDoesNotArrive() throws Exception {
        try (SmtpRelay relay = new SmtpRelay(server(), Peers.CLOCK)) {
            RelaySession session = relay.connect();
            assertThat(session.open(to("r7@localhost.test"))).isEqualTo(new Ready());
            session.abandon();
            RelaySession second = relay.connect();
            assertThat(second.open(to("r8@localhost.test"))).isEqualTo(new Ready());
            assertThat(second.send(body("To: r8@localhost.test\r\nSubject: 8\r\n\r\nx\r\n"), null))
                    .isInstanceOf(Answered.class);
            second.close();
        }
        assertThat(received("r7@localhost.test")).isEmpty();
        assertThat(received("r8@localhost.test")).hasSize(1);
    }
}
