package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.DatabaseSettings;
import dev.rooster.fixtures.Databases;
import dev.rooster.language.Language;
import dev.rooster.sandbox.PeerMessage;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real {@code serve} processes on one PostgreSQL, both awake when slots come: each starts its issue once. */
@Timeout(120)
class SlotOnTwoNodesTest {
    private static final List<String> NEWSLETTERS = List.of("one", "two", "three");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final DatabaseSettings database = Databases.postgresSettings();
    /** Ten minutes ago: as late as an outage of ten minutes would make it. */
    private final String slot = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH)
            .format(Instant.now().minus(Duration.ofMinutes(10)).atZone(ZoneOffset.UTC))
            .toUpperCase(Locale.ENGLISH);

    private void settings(Path home, ScriptedSmtpPeer relay) throws IOException {
        StringBuilder yaml = new StringBuilder("newsletters:\n");
        for (String name : NEWSLETTERS) {
            yaml.append("  ")
                    .append(name)
                    .append(": { name: News, from: news@example.com, zone: UTC, slot: ")
                    .append(slot)
                    .append(" }\n");
        }
        yaml.append("relays: { default: { host: 127.0.0.1, port: ")
                .append(relay.port())
                .append(", tls: none } }\nhttp: { host: 127.0.0.1, port: 0, management-port: 0 }\n")
                .append("schedule: { slots: 1 s, retries: 1 s }\ndatabase: { url: \"")
                .append(database.url())
                .append("\", username: postgres }\n");
        Files.writeString(home.resolve("config/rooster.yaml"), yaml);
    }

    private static void run(App app, Path home, String... command) {
        Console console =
                new Console(InputStream.nullInputStream(), System.out, System.err, home, false, 100, Language.EN);
        assertThat(new Commands(console, false).run(List.of(command), () -> app, where -> Commands.Answer.notRunning()))
                .as(String.join(" ", command))
                .isEqualTo(Exit.DONE);
    }

    private static void await(BooleanSupplier condition, List<DrillNode> nodes) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            assertThat(nodes).allMatch(DrillNode::alive);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static long number(App app, String query) {
        return app.database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    @Test
    void eachSlotStartsItsIssueOnce() throws IOException {
        Path first = folder.resolve("a");
        try (CommandRun rooster = new CommandRun(folder, Language.EN, Map.of())) {
            assertThat(rooster.run("init", "a")).isEqualTo(Exit.DONE);
        }
        try (ScriptedSmtpPeer relay = ScriptedSmtpPeer.start(PeerScript.polite());
                App app = new App(first, Map.of(), InstantSource.system())) {
            settings(first, relay);
            Files.writeString(first.resolve("people.csv"), "email\nreader@example.com\nother@example.net\n");
            for (String number : List.of("1", "2")) {
                Files.writeString(
                        first.resolve("issue" + number + ".md"),
                        "---\ntitle: News " + number + "\n---\nHello\n\n## Topic\nText\n");
            }
            assertThat(app.installation().check()).isEmpty();
            for (int i = 0; i < NEWSLETTERS.size(); i++) {
                String name = NEWSLETTERS.get(i);
                run(app, first, "subscriber", "import", "people.csv", "--status", "active", "--newsletter", name);
                for (int issue = 1; issue <= 2; issue++) { // a slot that came twice would take both
                    run(app, first, "issue", "add", "issue" + issue + ".md", "--newsletter", name);
                    run(app, first, "issue", "queue", String.valueOf(2 * i + issue));
                }
            }
            Path second = NodesTest.copyOf(first, folder.resolve("b"));
            try (DrillNode one = DrillNode.start(first, folder.resolve("log-a"), List.of("serve"))) {
                await(() -> !app.installation().livingNodes().isEmpty(), List.of(one));
                try (DrillNode two = DrillNode.start(second, folder.resolve("log-b"), List.of("serve"))) {
                    slotsCome(app, relay, List.of(one, two));
                }
            }
            assertThat(number(app, "select count(*) from slot where state = 'started'"))
                    .isEqualTo(NEWSLETTERS.size());
            assertThat(number(app, "select count(*) from slot")).isEqualTo(NEWSLETTERS.size());
            assertThat(number(app, "select count(*) from edition")).isEqualTo(NEWSLETTERS.size());
            assertThat(relay.accepted())
                    .hasSize(2 * NEWSLETTERS.size())
                    .extracting(PeerMessage::rcpt)
                    .containsOnly("reader@example.com", "other@example.net");
        }
    }

    /** The newsletters become older than their slots: both nodes see at their next wake that these are due. */
    private static void slotsCome(App app, ScriptedSmtpPeer relay, List<DrillNode> nodes) {
        await(() -> number(app, "select count(*) from qrtz_scheduler_state") == 2, nodes);
        assertThat(number(app, "select count(*) from edition")).isZero();
        Instant before = Instant.now().minus(Duration.ofHours(1));
        app.database().jdbi().useTransaction(handle -> {
            handle.execute("update queue_entry set queued_at = ?", before);
            handle.execute("update newsletter set created_at = ?", before);
        });
        await(() -> relay.acceptedCount() >= 2L * NEWSLETTERS.size(), nodes);
        String fires = "select next_fire_time from qrtz_triggers where trigger_name = 'slots'";
        long then = number(app, fires);
        await(() -> number(app, fires) >= then + 2_000, nodes);
        await(() -> number(app, "select count(*) from edition where state <> 'finished'") == 0, nodes);
    }
}
