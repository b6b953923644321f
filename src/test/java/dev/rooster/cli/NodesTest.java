package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.db.DatabaseSettings;
import dev.rooster.fixtures.Databases;
import dev.rooster.language.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one PostgreSQL: real ones, killed for real. */
@Timeout(120)
class NodesTest {
    private static final String SETTINGS = """
            newsletters: { weekly: { name: Weekly, from: news@example.com, slot: WED 07:00 } }
            relays: { default: { host: 127.0.0.1, port: 9, tls: none } }
            http: { host: 127.0.0.1, port: 0, management-port: 0 }
            delivery: { lease: 5 s }
            database: { url: "%s", username: postgres }
            """;

    @TempDir
    Path folder;

    private final DatabaseSettings database = Databases.postgresSettings();

    @Test
    void twoNodesAreKilledAndTheDatabaseIsCutAndNobodyIsLost() {
        try (CommandRun rooster = new CommandRun(folder, Language.EN)) {
            String url = database.url() + (database.url().contains("?") ? "&" : "?") + "user=postgres";
            int exit = rooster.run(
                    "drill",
                    "--recipients",
                    "250",
                    "--kills",
                    "2",
                    "--nodes",
                    "2",
                    "--connections",
                    "4",
                    "--seed",
                    "6",
                    "--database",
                    url,
                    "--json");
            assertThat(exit).as(rooster.out() + rooster.err()).isEqualTo(Exit.DONE);
            assertThat(rooster.out()).contains("\"database_cuts\" : 1", "\"lost\" : 0", "\"unmarked_duplicate\" : 0");
        }
    }

    @Test
    void aNewFolderJoinsByItselfBesideARunningNode() throws IOException, InterruptedException {
        Path first = installation("a", InstantSource.system());
        Path second = copyOf(first, folder.resolve("b"));
        try (DrillNode running = DrillNode.start(first, folder.resolve("log"), List.of("serve"));
                App app = new App(second, Map.of(), InstantSource.system())) {
            while (app.installation().livingNodes().isEmpty()) {
                assertThat(running.alive())
                        .as(Files.readString(folder.resolve("log")))
                        .isTrue();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            JoinNodes.check(app);
            assertThat(app.installation().check()).isEmpty();
        }
    }

    @Test
    void aNodeWhoseClockIsWrongIsRefusedAtItsStart() throws IOException {
        InstantSource fast = () -> Instant.now().plus(Duration.ofSeconds(90));
        Path home = installation("a", InstantSource.system());
        try (App app = new App(home, Map.of(), fast)) {
            assertThatThrownBy(() -> Running.start(app, true))
                    .isInstanceOf(NodeProblem.class)
                    .hasMessage("node.clock-ahead");
        }
    }

    @Test
    void aNodeWithOtherKeysIsRefusedAtItsStart() throws IOException {
        Path first = installation("a", InstantSource.system());
        try (CommandRun rooster = new CommandRun(folder, Language.EN, Map.of())) {
            assertThat(rooster.run("init", "b")).isEqualTo(Exit.DONE);
        }
        Files.copy(
                first.resolve("config/rooster.yaml"),
                folder.resolve("b/config/rooster.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        try (App app = new App(folder.resolve("b"), Map.of(), InstantSource.system())) {
            assertThatThrownBy(() -> JoinNodes.check(app))
                    .isInstanceOf(NodeProblem.class)
                    .hasMessage("node.keys");
        }
    }

    /** An installation with one subscriber. */
    private Path installation(String name, InstantSource clock) throws IOException {
        Path home = folder.resolve(name);
        try (CommandRun rooster = new CommandRun(folder, Language.EN, Map.of())) {
            assertThat(rooster.run("init", name)).isEqualTo(Exit.DONE);
        }
        Files.writeString(home.resolve("config/rooster.yaml"), SETTINGS.formatted(database.url()));
        Files.writeString(home.resolve("people.csv"), "email\nreader@example.com\n");
        try (App app = new App(home, Map.of(), clock)) {
            Console console = new Console(
                    java.io.InputStream.nullInputStream(), System.out, System.err, home, false, 100, Language.EN);
            assertThat(new Commands(console, false)
                            .run(
                                    List.of("subscriber", "import", "people.csv", "--status", "active"),
                                    () -> app,
                                    where -> Commands.Answer.notRunning()))
                    .isEqualTo(Exit.DONE);
            assertThat(app.installation().check()).isEmpty();
        }
        return home;
    }

    /** The same installation on another machine: settings and keys. */
    static Path copyOf(Path home, Path copy) throws IOException {
        for (String part : List.of("config", "data/keys")) {
            Files.createDirectories(copy.resolve(part));
            try (Stream<Path> files = Files.list(home.resolve(part))) {
                for (Path file : files.toList()) {
                    Files.copy(
                            file, copy.resolve(part).resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return copy;
    }
}
