package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.sandbox.PeerMessage;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real nodes, both awake when slots come: each starts its issue once. */
@Timeout(120)
class SlotOnTwoNodesTest {
    private static final List<String> NEWSLETTERS = List.of("one", "two", "three");

    @TempDir
    Path folder;

    @Test
    void eachSlotStartsItsIssueOnce() throws IOException {
        try (ScriptedSmtpPeer relay = ScriptedSmtpPeer.start(PeerScript.polite());
                TwoNodes nodes = new TwoNodes(
                        folder,
                        Map.of("one", "", "two", "", "three", ""),
                        "relays: { default: { host: 127.0.0.1, port: %d, tls: none } }".formatted(relay.port()))) {
            nodes.write("people.csv", "email\nreader@example.com\nother@example.net\n");
            for (int issue = 1; issue <= 2; issue++) {
                nodes.write("issue" + issue + ".md", "---\ntitle: News " + issue + "\n---\nHello\n\n## Topic\nText\n");
            }
            for (int i = 0; i < NEWSLETTERS.size(); i++) {
                String name = NEWSLETTERS.get(i);
                nodes.run("subscriber", "import", "people.csv", "--status", "active", "--newsletter", name);
                for (int issue = 1; issue <= 2; issue++) { // a slot that came twice would take both
                    nodes.run("issue", "add", "issue" + issue + ".md", "--newsletter", name);
                    nodes.run("issue", "queue", String.valueOf(2 * i + issue));
                }
            }
            nodes.start();
            nodes.slotsCome();
            nodes.await(() -> relay.acceptedCount() >= 2L * NEWSLETTERS.size());
            String fires = "select next_fire_time from qrtz_triggers where trigger_name = 'slots'";
            long then = nodes.number(fires);
            nodes.await(() -> nodes.number(fires) >= then + 2_000);
            nodes.await(() -> nodes.number("select count(*) from edition where state <> 'finished'") == 0);
            nodes.stop();
            assertThat(nodes.number("select count(*) from slot where state = 'started'"))
                    .isEqualTo(NEWSLETTERS.size());
            assertThat(nodes.number("select count(*) from slot")).isEqualTo(NEWSLETTERS.size());
            assertThat(nodes.number("select count(*) from edition")).isEqualTo(NEWSLETTERS.size());
            assertThat(relay.accepted())
                    .hasSize(2 * NEWSLETTERS.size())
                    .extracting(PeerMessage::rcpt)
                    .containsOnly("reader@example.com", "other@example.net");
        }
    }
}
