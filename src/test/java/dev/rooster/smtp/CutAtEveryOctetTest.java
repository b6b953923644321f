package dev.rooster.smtp;

import static dev.rooster.smtp.Peers.settings;
import static dev.rooster.smtp.Peers.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.relay.BodyResult;
import dev.rooster.mail.relay.EnvelopeResult;
import dev.rooster.mail.relay.RelaySession;
import dev.rooster.mail.relay.RelayUnavailable;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The connection ends at every octet of a conversation with three messages, once counted in what the relay has read and
 * once in what it has said. What must hold: a message the relay has is known as taken or as in doubt; one that is said
 * to be certainly not there is not; at most one is in doubt; and nothing is left hanging.
 */
@Timeout(300)
class CutAtEveryOctetTest {
    private static final List<String> READERS = List.of("a@example.net", "b@example.net", "c@example.net");

    private record Told(String rcpt, String what) {}

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void theLedgerIsToldTheTruth(boolean pipelining, boolean countWhatIsRead) throws Exception {
        PeerScript base = PeerScript.polite();
        base = pipelining ? base : base.without("PIPELINING");
        int octets = 0;
        boolean cutHappened = true;
        while (cutHappened) {
            octets++;
            PeerScript script =
                    base.cutAfter(countWhatIsRead ? octets : Long.MAX_VALUE, countWhatIsRead ? Long.MAX_VALUE : octets);
            try (ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(script)) {
                List<Told> told = converse(peer);
                cutHappened = !check(peer, told, octets);
            }
        }
        assertThat(octets).as("octets until the whole conversation fits").isGreaterThan(300);
    }

    /** @return whether everything was accepted */
    private static boolean check(ScriptedSmtpPeer peer, List<Told> told, int octets) {
        List<String> taken =
                peer.accepted().stream().map(message -> message.rcpt()).toList();
        assertThat(taken).doesNotHaveDuplicates();
        for (Told one : told) {
            switch (one.what()) {
                case "accepted" -> assertThat(taken).as("cut at %s", octets).contains(one.rcpt());
                case "not sent" -> assertThat(taken).as("cut at %s", octets).doesNotContain(one.rcpt());
                default -> assertThat(one.what()).isEqualTo("in doubt");
            }
        }
        assertThat(told.stream().filter(one -> one.what().equals("in doubt")).count())
                .as("in doubt at %s", octets)
                .isLessThanOrEqualTo(1);
        assertThat(told).as("everyone has one outcome").hasSize(READERS.size());
        return told.stream().allMatch(one -> one.what().equals("accepted"));
    }

    private static List<Told> converse(ScriptedSmtpPeer peer) {
        List<Told> told = new ArrayList<>();
        try (SmtpRelay relay = new SmtpRelay(settings(peer), Peers.CLOCK);
                RelaySession session = relay.connect()) {
            EnvelopeResult opened = session.open(to(READERS.get(0)));
            for (int i = 0; i < READERS.size(); i++) {
                if (!(opened instanceof EnvelopeResult.Ready)) {
                    break;
                }
                boolean last = i == READERS.size() - 1;
                BodyResult result = session.send(
                        Peers.body("To: " + READERS.get(i) + "\r\n\r\n..\r\nx\r\n"),
                        last ? null : to(READERS.get(i + 1)));
                told.add(new Told(READERS.get(i), outcome(result)));
                if (last || result instanceof BodyResult.Lost) {
                    break;
                }
                opened = session.next();
            }
        } catch (RelayUnavailable e) {
            // Then nobody was sent anything.
        }
        for (String rcpt : READERS.subList(told.size(), READERS.size())) {
            told.add(new Told(rcpt, "not sent"));
        }
        return told;
    }

    private static String outcome(BodyResult result) {
        if (result instanceof BodyResult.Answered answered) {
            assertThat(answered.reply().code()).isEqualTo(250);
            return "accepted";
        }
        return ((BodyResult.Lost) result).dotWritten() ? "in doubt" : "not sent";
    }
}
