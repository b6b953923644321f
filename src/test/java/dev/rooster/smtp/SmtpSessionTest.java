package dev.rooster.smtp;

import static dev.rooster.smtp.Peers.body;
import static dev.rooster.smtp.Peers.relay;
import static dev.rooster.smtp.Peers.settings;
import static dev.rooster.smtp.Peers.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.fixtures.SettableClock;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.BodyResult;
import dev.rooster.mail.relay.BodyResult.Answered;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.mail.relay.EnvelopeResult;
import dev.rooster.mail.relay.EnvelopeResult.Ready;
import dev.rooster.mail.relay.EnvelopeResult.Refused;
import dev.rooster.mail.relay.RelaySession;
import dev.rooster.sandbox.PeerMessage;
import dev.rooster.sandbox.PeerRule;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SmtpSessionTest {

    private static String accepted(ScriptedSmtpPeer peer, int index) {
        return new String(peer.accepted().get(index).octets(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMessageArrivesByteForByteAndTheRelaySaysSo(boolean pipelining) throws Exception {
        PeerScript script =
                pipelining ? PeerScript.polite() : PeerScript.polite().without("PIPELINING");
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            try (RelaySession session = relay(peer).connect()) {
                assertThat(session.open(to("reader@example.net"))).isEqualTo(new Ready());
                BodyResult result = session.send(body(), null);
                assertThat(result).isInstanceOf(Answered.class);
                assertThat(((Answered) result).reply().toString()).isEqualTo("250 2.0.0 Ok: queued as P1");
            }
            PeerMessage message = peer.accepted().get(0);
            assertThat(message.rcpts()).containsExactly("reader@example.net");
            assertThat(message.mailFrom()).isEqualTo("b+token@bounce.test");
            assertThat(accepted(peer, 0)).isEqualTo("Subject: x\r\n\r\nHello\r\n.dot\r\n");
            assertThat(peer.violations()).isEmpty();
            assertThat(peer.commands()).endsWith("QUIT");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNextEnvelopeRidesAlongAndOneConnectionCarriesThemAll(boolean pipelining) throws Exception {
        PeerScript script =
                pipelining ? PeerScript.polite() : PeerScript.polite().without("PIPELINING");
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            EnvelopeResult opened = session.open(to("r0@example.net"));
            for (int i = 0; i < 20; i++) {
                assertThat(opened).isEqualTo(new Ready());
                assertThat(session.send(body("n " + i + "\r\n"), i == 19 ? null : to("r" + (i + 1) + "@example.net")))
                        .isInstanceOf(Answered.class);
                if (i < 19) {
                    opened = session.next();
                }
            }
            assertThat(peer.accepted()).hasSize(20);
            for (int i = 0; i < 20; i++) {
                assertThat(peer.accepted().get(i).rcpt()).isEqualTo("r" + i + "@example.net");
                assertThat(accepted(peer, i)).isEqualTo("n " + i + "\r\n");
            }
            assertThat(peer.connectionsSeen()).isEqualTo(1);
            assertThat(peer.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 451 4.3.0 later", "MAIL, 550 5.7.1 not you", "MAIL, 499 odd", "MAIL, 599 odd",
        "RCPT, 450 4.2.0 greylisted", "RCPT, 550 5.1.1 no such user", "RCPT, 552 5.2.2 full", "RCPT, 550",
        "DATA, 451 4.3.0 later", "DATA, 554 5.5.1 no"
    })
    void aRefusedEnvelopeIsToldWithItsCommandAndTheNextOneIsUnharmed(SmtpCommand at, String reply) throws Exception {
        for (PeerScript base :
                new PeerScript[] {PeerScript.polite(), PeerScript.polite().without("PIPELINING")}) {
            PeerScript script = base.withRules(PeerRule.at(at).first(1).say(reply));
            try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                    RelaySession session = relay(peer).connect()) {
                assertThat(session.open(to("first@example.net"))).isEqualTo(new Refused(at, SmtpReply.parse(reply)));
                assertThat(session.usable()).isTrue();
                assertThat(session.open(to("second@example.net"))).isEqualTo(new Ready());
                assertThat(session.send(body(), null)).isInstanceOf(Answered.class);
                assertThat(peer.accepted()).extracting(PeerMessage::rcpt).containsExactly("second@example.net");
                assertThat(peer.violations()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SmtpCommand.class,
            names = {"MAIL", "RCPT", "DATA"})
    void aRefusalWhileRidingAlongBelongsToItsOwnEnvelope(SmtpCommand at) throws Exception {
        PeerScript script = PeerScript.polite().withRules(PeerRule.at(at).nth(2).say("550 5.1.1 no"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            assertThat(session.send(body(), to("second@example.net"))).isInstanceOf(Answered.class);
            assertThat(session.next()).isEqualTo(new Refused(at, SmtpReply.parse("550 5.1.1 no")));
            assertThat(session.open(to("third@example.net"))).isEqualTo(new Ready());
            session.send(body(), null);
            assertThat(peer.accepted())
                    .extracting(PeerMessage::rcpt)
                    .containsExactly("first@example.net", "third@example.net");
            assertThat(peer.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"250", "299 fine", "451 4.7.1 later", "554 5.7.1 spam", "552 5.3.4 too big"})
    void theReplyToTheMessageIsHandedOnWhateverItIs(String reply) throws Exception {
        PeerScript script = PeerScript.polite()
                .withRules(PeerRule.at(SmtpCommand.BODY).first(1).say(reply));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            assertThat(session.send(body(), to("second@example.net"))).isEqualTo(new Answered(SmtpReply.parse(reply)));
            assertThat(session.next()).isEqualTo(new Ready());
            assertThat(session.send(body(), null)).isInstanceOf(Answered.class);
            assertThat(peer.violations()).isEmpty();
        }
    }

    @Test
    void aReplyOfSeveralLinesIsOneReply() throws Exception {
        PeerScript script = PeerScript.polite()
                .withRules(PeerRule.at(SmtpCommand.RCPT)
                        .say("550-5.1.1 The account does not exist.", "550 5.1.1 See https://x.test"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            Refused refused = (Refused) session.open(to("first@example.net"));
            assertThat(refused.reply().enhanced()).isEqualTo("5.1.1");
            assertThat(refused.reply().text()).isEqualTo("The account does not exist. / See https://x.test");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SmtpCommand.class,
            names = {"MAIL", "RCPT", "DATA"})
    void after421TheSessionIsOverAndTheRecipientWasOnlyDeferred(SmtpCommand at) throws Exception {
        for (PeerScript base :
                new PeerScript[] {PeerScript.polite(), PeerScript.polite().without("PIPELINING")}) {
            PeerScript script = base.withRules(PeerRule.at(at).sayAndCut("421 4.3.2 shutting down"));
            try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                    RelaySession session = relay(peer).connect()) {
                assertThat(session.open(to("first@example.net")))
                        .isEqualTo(new Refused(at, SmtpReply.parse("421 4.3.2 shutting down")));
                assertThat(session.usable()).isFalse();
                assertThat(session.open(to("second@example.net"))).isInstanceOf(EnvelopeResult.Lost.class);
                assertThat(peer.acceptedCount()).isZero();
            }
        }
    }

    @Test
    void a421ToTheMessageIsItsAnswerAndTheEnvelopeBehindItIsLost() throws Exception {
        PeerScript script =
                PeerScript.polite().withRules(PeerRule.at(SmtpCommand.BODY).sayAndCut("421 4.3.2 bye"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            assertThat(session.send(body(), to("second@example.net")))
                    .isEqualTo(new Answered(SmtpReply.parse("421 4.3.2 bye")));
            assertThat(session.next()).isInstanceOf(EnvelopeResult.Lost.class);
            assertThat(session.usable()).isFalse();
        }
    }

    @Test
    void whenTheRecipientWasRefusedButTheRelayWaitsForAMessageItGetsAnEmptyOne() throws Exception {
        PeerScript script = PeerScript.polite()
                .withRules(
                        PeerRule.at(SmtpCommand.RCPT).first(1).say("550 5.1.1 no"),
                        PeerRule.at(SmtpCommand.DATA).first(1).say("354 go on"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("first@example.net")))
                    .isEqualTo(new Refused(SmtpCommand.RCPT, SmtpReply.parse("550 5.1.1 no")));
            assertThat(session.open(to("second@example.net"))).isEqualTo(new Ready());
            session.send(body(), null);
            assertThat(peer.accepted()).extracting(PeerMessage::rcpt).containsExactly("second@example.net");
            assertThat(peer.violations()).isEmpty();
        }
    }

    @Test
    void whenMailWasRefusedButTheRecipientTakenNoEmptyMailIsSent() throws Exception {
        PeerScript script = PeerScript.polite()
                .withRules(
                        PeerRule.at(SmtpCommand.MAIL).say("550 5.7.1 no"),
                        PeerRule.at(SmtpCommand.RCPT).say("250 fine"),
                        PeerRule.at(SmtpCommand.DATA).say("354 go on"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("first@example.net")))
                    .isEqualTo(new Refused(SmtpCommand.MAIL, SmtpReply.parse("550 5.7.1 no")));
            assertThat(session.usable()).isFalse();
            assertThat(peer.acceptedCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n",
                "25\r\n",
                "-25 x\r\n",
                "99999 x\r\n",
                "250-a\r\n550 b\r\n",
                "<html>\r\n",
                "\r\n",
                "199 x\r\n"
            })
    void whatIsNoReplyEndsTheConnectionWithTheMessageInDoubt(String garbage) throws Exception {
        PeerScript script =
                PeerScript.polite().withRules(PeerRule.at(SmtpCommand.BODY).sayRaw(garbage));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            assertThat(session.send(body(), null)).isInstanceOfSatisfying(BodyResult.Lost.class, lost -> {
                assertThat(lost.why()).contains("not an SMTP reply");
                assertThat(lost.dotWritten()).isTrue();
            });
            assertThat(session.usable()).isFalse();
        }
    }

    @Test
    void anEndlessReplyIsNotReadForEver() throws Exception {
        String many = "250-more\r\n".repeat(200) + "250 end\r\n";
        String longLine = "250 " + "x".repeat(10_000) + "\r\n";
        for (String reply : new String[] {many, longLine}) {
            try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite()
                            .withRules(PeerRule.at(SmtpCommand.MAIL).sayRaw(reply)));
                    RelaySession session = relay(peer).connect()) {
                assertThat(session.open(to("first@example.net"))).isInstanceOf(EnvelopeResult.Lost.class);
            }
        }
    }

    @Test
    void aReplyNobodyAskedForIsNeverTakenForAcceptance() throws Exception {
        // Two answers to DATA: the second would be read as the answer to the message.
        PeerScript script = PeerScript.polite()
                .withRules(PeerRule.at(SmtpCommand.DATA).sayRaw("354 go on\r\n250 2.0.0 Ok: queued\r\n"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            assertThat(session.send(body(), null))
                    .isInstanceOfSatisfying(
                            BodyResult.Lost.class,
                            lost -> assertThat(lost.dotWritten()).isFalse());
            assertThat(peer.acceptedCount()).isZero();
        }
    }

    @Test
    void aRefusalInTheMiddleOfTheMessageIsHeard() throws Exception {
        PeerScript script = PeerScript.polite()
                .withRules(PeerRule.at(SmtpCommand.DATA).sayRaw("354 go on\r\n552 5.3.4 too big\r\n"));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            assertThat(session.send(body(), null)).isEqualTo(new Answered(SmtpReply.parse("552 5.3.4 too big")));
            assertThat(session.usable()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void whetherTheRelayHasAMessageItDidNotAnswerIsNotGuessed(boolean accepting, boolean counted) throws Exception {
        PeerRule rule = PeerRule.at(SmtpCommand.BODY);
        PeerScript script = PeerScript.polite().withRules(accepting ? rule.acceptAndCut() : rule.cut());
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            assertThat(session.send(body(), to("second@example.net")))
                    .isEqualTo(new BodyResult.Lost(true, "the relay closed the connection"));
            assertThat(peer.acceptedCount()).isEqualTo(counted ? 1 : 0);
        }
    }

    @Test
    void aConnectionCutInsideTheBodyLeavesNoDoubt() throws Exception {
        PeerScript script =
                PeerScript.polite().withRules(PeerRule.at(SmtpCommand.DATA).cutInBody(1_000));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            // More than all socket buffers on the way together, so that the dot cannot be among what was written.
            MessageBuffer large = body("a line of the message\r\n".repeat(1_000_000));
            assertThat(session.send(large, null))
                    .isInstanceOfSatisfying(
                            BodyResult.Lost.class,
                            lost -> assertThat(lost.dotWritten()).isFalse());
        }
    }

    @Test
    void anAbandonedMessageNeverGetsItsDot() throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite())) {
            RelaySession session = relay(peer).connect();
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            session.abandon();
            session.abandon();
            assertThat(session.usable()).isFalse();
            assertThat(session.send(body(), null))
                    .isInstanceOfSatisfying(
                            BodyResult.Lost.class,
                            lost -> assertThat(lost.dotWritten()).isFalse());
            session.close();
            assertThat(peer.acceptedCount()).isZero();
        }
    }

    @Test
    void abandoningFromAnotherThreadEndsAWriteThatHangs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        PeerScript script =
                PeerScript.polite().withRules(PeerRule.at(SmtpCommand.BODY).hold(never));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
            RelaySession session = relay(peer).connect();
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            CompletableFuture<BodyResult> sending = CompletableFuture.supplyAsync(() -> session.send(body(), null));
            session.abandon();
            // Whether the dot had left depends on who was first; that the call ends does not.
            assertThat(sending.get(10, TimeUnit.SECONDS)).isInstanceOf(BodyResult.Lost.class);
        }
    }

    @Test
    void aSilentRelayIsGivenUpAfterTheTimeoutOfItsStep() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        RelayTimeouts quick = RelayTimeouts.defaults().atMost(Duration.ofMillis(150));
        for (SmtpCommand at : new SmtpCommand[] {SmtpCommand.MAIL, SmtpCommand.RCPT, SmtpCommand.DATA}) {
            PeerScript script = PeerScript.polite().withRules(PeerRule.at(at).hold(never));
            try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                    SmtpRelay relay = new SmtpRelay(settings(peer).withTimeouts(quick), Peers.CLOCK);
                    RelaySession session = relay.connect()) {
                assertThat(session.open(to("first@example.net")))
                        .isEqualTo(new EnvelopeResult.Lost(at, "no complete reply within PT0.15S"));
            }
        }
        PeerScript script =
                PeerScript.polite().withRules(PeerRule.at(SmtpCommand.BODY).hold(never));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                SmtpRelay relay = new SmtpRelay(settings(peer).withTimeouts(quick), Peers.CLOCK);
                RelaySession session = relay.connect()) {
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            assertThat(session.send(body(), null))
                    .isEqualTo(new BodyResult.Lost(true, "no complete reply within PT0.15S"));
        }
    }

    @Test
    void aRelayThatStopsReadingIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        RelayTimeouts quick = RelayTimeouts.defaults().atMost(Duration.ofMillis(200));
        try (DeafServer peer = new DeafServer(never);
                SmtpRelay relay = new SmtpRelay(
                        RelaySettings.defaults("127.0.0.1")
                                .withPort(peer.port())
                                .withTls(RelaySettings.Tls.NONE)
                                .withTimeouts(quick),
                        Peers.CLOCK);
                RelaySession session = relay.connect()) {
            assertThat(session.open(to("first@example.net"))).isEqualTo(new Ready());
            MessageBuffer large = body("a line of the message\r\n".repeat(1_000_000));
            assertThat(session.send(large, null))
                    .isEqualTo(new BodyResult.Lost(false, "the relay took no data for PT0.2S"));
        }
    }

    @Test
    void aConnectionIsNotUsedBeyondItsMessagesOrItsTime() throws Exception {
        SettableClock clock = SettableClock.at("2026-12-01T22:00:00Z");
        RelayLimits two = new RelayLimits(1, 2, Duration.ofSeconds(300));
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite());
                SmtpRelay relay = new SmtpRelay(settings(peer).withLimits(two), clock)) {
            try (RelaySession session = relay.connect()) {
                session.open(to("a@example.net"));
                assertThat(session.usable()).isTrue();
                session.send(body(), to("b@example.net"));
                session.next();
                assertThat(session.usable()).as("two messages were opened").isFalse();
                assertThat(session.send(body(), null)).isInstanceOf(Answered.class);
            }
            try (RelaySession session = relay.connect()) {
                clock.advance(Duration.ofSeconds(299));
                assertThat(session.usable()).isTrue();
                clock.advance(Duration.ofSeconds(1));
                assertThat(session.usable()).isFalse();
            }
        }
    }

    @Test
    void aGarbageCollectionDoesNotTakeTheConnectionAway() throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite());
                RelaySession session = relay(peer).connect()) {
            for (int i = 0; i < 20; i++) {
                System.gc();
                assertThat(session.open(to("a@example.net"))).isEqualTo(new Ready());
                assertThat(session.send(body(), null)).isInstanceOf(Answered.class);
            }
        }
    }

    @Test
    void anIdleConnectionThatTheRelayHasClosedIsNotUsable() throws Exception {
        SettableClock clock = SettableClock.at("2026-12-01T22:00:00Z");
        ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite());
        try (SmtpRelay relay = new SmtpRelay(settings(peer), clock);
                RelaySession session = relay.connect()) {
            clock.advance(Duration.ofSeconds(30));
            assertThat(session.usable()).isTrue();
            peer.close();
            clock.advance(Duration.ofSeconds(30));
            assertThat(session.open(to("a@example.net"))).isInstanceOf(EnvelopeResult.Lost.class);
            assertThat(session.usable()).isFalse();
        }
    }

    @Test
    void parametersAreSaidOnlyWhereTheyWereOffered() throws Exception {
        Envelope envelope =
                new Envelope("b+token@bounce.test", EmailAddress.of("a+b=c@example.net"), "e=1+2", false, 12_345);
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite());
                RelaySession session = relay(peer).connect()) {
            session.open(envelope);
            session.send(body(), null);
            assertThat(peer.commands())
                    .contains(
                            "MAIL FROM:<b+token@bounce.test> SIZE=12345 RET=HDRS ENVID=e+3D1+2B2",
                            "RCPT TO:<a+b=c@example.net> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a+2Bb+3Dc@example.net");
        }
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite().withExtensions("HELP"));
                RelaySession session = relay(peer).connect()) {
            session.open(envelope);
            session.send(body(), null);
            assertThat(peer.commands()).contains("MAIL FROM:<b+token@bounce.test>", "RCPT TO:<a+b=c@example.net>");
            assertThat(peer.violations()).isEmpty();
        }
    }

    @Test
    void notificationsOfSuccessAndNoneAtAllAreASetting() throws Exception {
        for (RelaySettings.Dsn dsn : RelaySettings.Dsn.values()) {
            try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite());
                    SmtpRelay relay = new SmtpRelay(settings(peer).withDsn(dsn), Peers.CLOCK);
                    RelaySession session = relay.connect()) {
                session.open(to("a@example.net"));
                session.send(body(), null);
                assertThat(String.join("\n", peer.commands()))
                        .contains(
                                switch (dsn) {
                                    case OFF -> "RCPT TO:<a@example.net>\nDATA";
                                    case FAILURE -> " NOTIFY=FAILURE,DELAY ORCPT";
                                    case SUCCESS -> " NOTIFY=SUCCESS,FAILURE,DELAY ORCPT";
                                });
            }
        }
    }

    @Test
    void theNullSenderAsksForNoNotification() throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite());
                RelaySession session = relay(peer).connect()) {
            session.open(new Envelope("", EmailAddress.of("a@example.net"), "id", false, 0));
            assertThat(peer.commands()).contains("MAIL FROM:<>", "RCPT TO:<a@example.net>");
        }
    }

    @Test
    void anAddressThatNeedsSmtpUtf8IsNeverSaidToARelayWithoutIt() throws Exception {
        Envelope korean = new Envelope("b+t@bounce.test", EmailAddress.of("사용자@예시.한국"), null, false, 0);
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite().without("SMTPUTF8"));
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(korean)).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.reply().enhanced()).isEqualTo("5.6.7");
                assertThat(refused.reply().text()).contains("SMTPUTF8");
            });
            session.open(to("a@example.net"));
            session.send(body(), korean);
            assertThat(session.next()).isInstanceOf(Refused.class);
            assertThat(session.open(to("b@example.net"))).isEqualTo(new Ready());
            assertThat(String.join("\n", peer.commands())).doesNotContain("사용자").isASCII();
        }
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite());
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(korean)).isEqualTo(new Ready());
            session.send(body("To: 사용자@xn--vv4b606a.xn--3e0b707e\r\n\r\nx\r\n"), null);
            assertThat(peer.commands())
                    .contains("MAIL FROM:<b+t@bounce.test> BODY=8BITMIME SMTPUTF8 RET=HDRS")
                    .anyMatch(line -> line.startsWith("RCPT TO:<사용자@xn--")
                            && line.contains("ORCPT=utf-8;\\x{C0AC}\\x{C6A9}\\x{C790}@xn--"));
            assertThat(peer.violations()).isEmpty();
        }
    }

    @Test
    void rawOctetsThatWereNotAnnouncedNeverReachTheWire() throws Exception {
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite())) {
            RelaySession session = relay(peer).connect();
            session.open(to("a@example.net"));
            assertThatThrownBy(() -> session.send(body("x\r\n\r\n한글\r\n"), null))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(session.usable()).isFalse();
            assertThat(peer.acceptedCount()).isZero();
        }
    }

    @Test
    void greylistingIsADeferralAndTheSameEnvelopePassesLater() throws Exception {
        SettableClock clock = SettableClock.at("2026-12-01T22:00:00Z");
        PeerScript script = PeerScript.polite().withGreylisting(Duration.ofMinutes(5), clock);
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            assertThat(session.open(to("a@example.net"))).isInstanceOf(Refused.class);
            clock.advance(Duration.ofMinutes(5));
            assertThat(session.open(to("a@example.net"))).isEqualTo(new Ready());
        }
    }

    @Test
    void aMessageTooManyForTheRelayIsRefusedWith421AndNothingIsLost() throws Exception {
        PeerScript script = PeerScript.polite().withLimits(10, 1);
        try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script);
                RelaySession session = relay(peer).connect()) {
            session.open(to("a@example.net"));
            assertThat(session.send(body(), to("b@example.net"))).isInstanceOf(Answered.class);
            assertThat(session.next())
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reply().code()).isEqualTo(421));
            assertThat(session.usable()).isFalse();
        }
    }
}
