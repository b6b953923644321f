package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.DatabaseSettings;
import dev.rooster.fixtures.Databases;
import dev.rooster.language.Language;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Two real {@code serve} processes on one PostgreSQL, and the same installation in this process to fill it and look at it. */
final class TwoNodes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Path home;
    private final App app;
    private final List<DrillNode> nodes = new ArrayList<>();

    /**
     * @param newsletters the settings of each, by name, without its sender and slot
     * @param settings more lines of the settings
     */
    TwoNodes(Path folder, Map<String, String> newsletters, String settings) throws IOException {
        this.folder = folder;
        home = folder.resolve("a");
        DatabaseSettings database = Databases.postgresSettings();
        try (CommandRun rooster = new CommandRun(folder, Language.EN, Map.of())) {
            assertThat(rooster.run("init", "a")).isEqualTo(Exit.DONE);
        }
        StringBuilder yaml = new StringBuilder("newsletters:\n");
        newsletters.forEach((name, more) -> yaml.append(
                "  %s: { name: News, from: news@example.com, zone: UTC, slot: %s%s }\n".formatted(name, slot(), more)));
        yaml.append(settings)
                .append("\nhttp: { host: 127.0.0.1, port: 0, management-port: 0 }\n")
                .append("schedule: { slots: 1 s, retries: 1 s }\n")
                .append("database: { url: \"%s\", username: postgres }\n".formatted(database.url()));
        Files.writeString(home.resolve("config/rooster.yaml"), yaml);
        app = new App(home, Map.of(), InstantSource.system());
        assertThat(app.installation().check()).isEmpty();
    }

    /** Ten minutes ago: as late as an outage of ten minutes would make it. */
    private static String slot() {
        return DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH)
                .format(Instant.now().minus(Duration.ofMinutes(10)).atZone(ZoneOffset.UTC))
                .toUpperCase(Locale.ENGLISH);
    }

    void write(String file, String text) throws IOException {
        Files.writeString(home.resolve(file), text);
    }

    void run(String... command) {
        Console console =
                new Console(InputStream.nullInputStream(), System.out, System.err, home, false, 100, Language.EN);
        assertThat(new Commands(console, false).run(List.of(command), () -> app, where -> Commands.Answer.notRunning()))
                .as(String.join(" ", command))
                .isEqualTo(Exit.DONE);
    }

    /** Starts both; returns when both are awake. */
    void start() throws IOException {
        Path other = NodesTest.copyOf(home, folder.resolve("b"));
        nodes.add(DrillNode.start(home, folder.resolve("log-a"), List.of("serve")));
        await(() -> !app.installation().livingNodes().isEmpty());
        nodes.add(DrillNode.start(other, folder.resolve("log-b"), List.of("serve")));
        await(() -> number("select count(*) from qrtz_scheduler_state") == 2);
        assertThat(number("select count(*) from edition")).isZero();
    }

    /** The newsletters become older than their slots: both nodes see at their next wake that these are due. */
    void slotsCome() {
        Instant before = Instant.now().minus(Duration.ofHours(1));
        app.database().jdbi().useTransaction(handle -> {
            handle.execute("update queue_entry set queued_at = ?", before);
            handle.execute("update newsletter set created_at = ?", before);
        });
    }

    void await(BooleanSupplier condition) {
        await(condition, PATIENCE);
    }

    void await(BooleanSupplier condition, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            assertThat(nodes).allMatch(DrillNode::alive);
            LockSupport.parkNanos(50_000_000);
        }
    }

    long number(String query) {
        return app.database()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    /** Ends both processes; the database can still be asked. */
    void stop() {
        nodes.forEach(DrillNode::close);
    }

    @Override
    public void close() {
        stop();
        app.close();
    }
}
