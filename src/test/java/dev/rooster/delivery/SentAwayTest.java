package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.issue.IssueId;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.sandbox.PeerRule;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import dev.rooster.smtp.RelaySettings;
import dev.rooster.smtp.SmtpRelay;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets: a relay that ends each connection after some messages, as RFC 5321 section 3.8 lets it. */
class SentAwayTest {
    private static final int READERS = 400;
    private static final int CONNECTIONS = 4;
    /** One rest of a relay alone is longer than the whole send. */
    private static final Duration WITHOUT_REST = Duration.ofSeconds(20);

    private static void everybodyGetsItAtTheFirstTry(PeerScript script) throws IOException, InterruptedException {
        CountDownLatch open = new CountDownLatch(READERS);
        try (Press press = new Press(Databases.Kind.H2);
                ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script, 0, message -> open.countDown())) {
            press.readers(READERS);
            IssueId issue = press.issue();
            Edition edition = ((StartOutcome.Started)
                            press.editions.start(press.newsletter, issue, Duration.ZERO, seen -> {}))
                    .edition();
            RelaySettings settings =
                    RelaySettings.defaults(peer.host()).withPort(peer.port()).withTls(RelaySettings.Tls.NONE);
            DeliveryEngine engine =
                    press.engine(press.ledger("a"), new RelayPool(new SmtpRelay(settings, press.clock), CONNECTIONS));
            engine.start();
            try {
                assertThat(open.await(WITHOUT_REST.toMillis(), TimeUnit.MILLISECONDS))
                        .as("all in time, of %s taken", peer.acceptedCount())
                        .isTrue();
            } finally {
                engine.stop();
            }
            assertThat(peer.acceptedCount()).isEqualTo(READERS);
            assertThat(peer.violations()).isEmpty();
            assertThat(press.editions.counts(edition.id()).of(DeliveryState.ACCEPTED))
                    .isEqualTo(READERS);
            int triesMost = press.database
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select max(attempts) from delivery")
                            .mapTo(Integer.class)
                            .one());
            assertThat(triesMost).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterTwelveMessagesWith421(boolean pipelining) throws Exception {
        PeerScript script =
                pipelining ? PeerScript.polite() : PeerScript.polite().without("PIPELINING");
        everybodyGetsItAtTheFirstTry(script.withLimits(CONNECTIONS, 12));
    }

    @Test
    void afterEachMessageWith421() throws Exception {
        everybodyGetsItAtTheFirstTry(PeerScript.polite().withLimits(CONNECTIONS, 1));
    }

    @Test
    void withoutAWord() throws Exception {
        Map<Integer, Integer> mails = new ConcurrentHashMap<>();
        everybodyGetsItAtTheFirstTry(PeerScript.polite()
                .withRules(PeerRule.at(SmtpCommand.MAIL)
                        .when(moment -> mails.merge(moment.connection(), 1, Integer::sum) > 9)
                        .cut()));
    }
}
