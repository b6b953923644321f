package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.sandbox.PeerMessage;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real nodes share a relay's limit of 50 a second and a mailbox provider's of 10 for a minute, while others run at full speed.
 * Takes two minutes, so only with {@code -Drooster.rates=minute}; {@code RatesHoldTest} plays the same in a simulated minute.
 */
@Timeout(300)
@EnabledIfSystemProperty(named = "rooster.rates", matches = "minute")
class RatesOnTwoNodesTest {
    private static final int OTHERS = 6_000;

    @TempDir
    Path folder;

    /** When messages came, by what they count against. */
    private record Clock(List<Long> nanos) {
        Clock() {
            this(Collections.synchronizedList(new ArrayList<>()));
        }

        void tick() {
            nanos.add(System.nanoTime());
        }

        long between(long from, long until) {
            synchronized (nanos) {
                return nanos.stream().filter(at -> at >= from && at < until).count();
            }
        }
    }

    private static boolean isGmail(PeerMessage message) {
        return message.rcpt().endsWith("@gmail.com");
    }

    private static String people(int gmail, int others) {
        StringBuilder csv = new StringBuilder("email\n");
        for (int i = 0; i < gmail; i++) {
            csv.append("g").append(i).append("@gmail.com\n");
        }
        for (int i = 0; i < others; i++) {
            csv.append("r").append(i).append("@example").append(i % 50).append(".net\n");
        }
        return csv.toString();
    }

    @Test
    void aRelaysAndAProvidersLimitHoldWithinTwoPercentAndTheOthersRunAtFullSpeed() throws IOException {
        Clock slow = new Clock();
        Clock gmail = new Clock();
        Clock others = new Clock();
        try (ScriptedSmtpPeer limited =
                        ScriptedSmtpPeer.start(PeerScript.polite().countingOnly(), 0, message -> slow.tick());
                ScriptedSmtpPeer fast = ScriptedSmtpPeer.start(
                        PeerScript.polite().countingOnly(), 0, message -> (isGmail(message) ? gmail : others).tick());
                TwoNodes nodes = new TwoNodes(
                        folder,
                        Map.of("one", ", pace: 0 s, relay: slow", "two", ", pace: 0 s, relay: fast"),
                        """
                        relays:
                          slow: { host: 127.0.0.1, port: %d, tls: none, connections: 4, rate: 50/s }
                          fast: { host: 127.0.0.1, port: %d, tls: none, connections: 4 }
                        provider-rates: { gmail: 10/s }
                        notices: { relay: fast }
                        """.formatted(limited.port(), fast.port()))) {
            nodes.write("slow.csv", people(0, 5_000));
            nodes.write("fast.csv", people(1_200, OTHERS));
            nodes.write("issue.md", "---\ntitle: News\n---\nHello\n\n## Topic\nText\n");
            nodes.run("subscriber", "import", "slow.csv", "--status", "active", "--newsletter", "one");
            nodes.run("subscriber", "import", "fast.csv", "--status", "active", "--newsletter", "two");
            nodes.run("issue", "add", "issue.md", "--newsletter", "one");
            nodes.run("issue", "add", "issue.md", "--newsletter", "two");
            nodes.run("issue", "queue", "1");
            nodes.run("issue", "queue", "2");
            nodes.start();
            nodes.slotsCome();
            nodes.await(() -> limited.acceptedCount() > 100 && !gmail.nanos().isEmpty());
            nodes.await(
                    () -> nodes.number("select count(distinct lease_owner) from delivery where lease_owner is not null")
                            == 2);
            long from = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            long until = from + Duration.ofMinutes(1).toNanos();
            nodes.await(() -> System.nanoTime() > until, Duration.ofSeconds(90));
            long nodesAtWork =
                    nodes.number("select count(distinct lease_owner) from delivery where lease_owner is not null");
            nodes.stop();
            long relay = slow.between(from, until);
            long provider = gmail.between(from, until);
            long first = others.nanos().get(0);
            double seconds = (others.nanos().get(OTHERS - 1) - first) / 1e9;
            System.out.printf(
                    "relay 50/s: %d in a minute; gmail 10/s: %d; %d others in %.1f s (%.0f/s); nodes at work at the end: %d%n",
                    relay, provider, OTHERS, seconds, OTHERS / seconds, nodesAtWork);
            assertThat(relay).isBetween(2_940L, 3_060L);
            assertThat(provider).isBetween(588L, 612L);
            assertThat(others.nanos()).as("the others have all got theirs").hasSize(OTHERS);
            assertThat(OTHERS / seconds).as("their rate").isGreaterThan(5 * 60);
        }
    }
}
