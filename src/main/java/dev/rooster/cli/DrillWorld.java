package dev.rooster.cli;

import dev.rooster.delivery.Edition;
import dev.rooster.delivery.EditionCounts;
import dev.rooster.issue.IssueId;
import dev.rooster.language.Language;
import dev.rooster.report.JdbiRecipients;
import dev.rooster.sandbox.DrillBalance;
import dev.rooster.sandbox.DrillRelay;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Where a drill takes place: an installation in a temporary folder with its people and an issue, the misbehaving relay beside it,
 * and on PostgreSQL a schema of its own. All on loopback, but for the database that was named. Closing it deletes everything.
 */
final class DrillWorld implements AutoCloseable {
    /** How long the drill's settings wait for a reply, and for how much longer the relay is silent where it hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final List<String> DOMAINS = List.of("example.com", "example.net", "example.org");
    private static final IssueId ISSUE = new IssueId(1);

    private final Path home;
    private final DrillRelay relay;
    private final JdbiDrillDatabase database;
    private final AtomicBoolean closed = new AtomicBoolean();
    private App app;

    private DrillWorld(Path home, DrillRelay relay, JdbiDrillDatabase database) {
        this.home = home;
        this.relay = relay;
        this.database = database;
    }

    /**
     * @param polite whether the relay takes everybody
     * @param roundTrip an artificial wait of the relay after each final dot; zero: none
     */
    static DrillWorld create(DrillPlan plan, boolean polite, Duration roundTrip) throws IOException {
        Path home = Files.createTempDirectory("rooster-drill-");
        JdbiDrillDatabase database =
                plan.databaseUrl() == null ? null : JdbiDrillDatabase.create(plan.databaseUrl(), System.nanoTime());
        int wanted = plan.connections() * plan.nodes();
        // one connection less than is wanted: its limit is met
        DrillRelay relay = DrillRelay.start(
                plan.seed(), polite, polite ? wanted : Math.max(1, wanted - 1), PATIENCE.plusMillis(700), roundTrip);
        DrillWorld world = new DrillWorld(home, relay, database);
        try {
            world.prepare(plan);
            return world;
        } catch (IOException | RuntimeException e) {
            world.close();
            throw e;
        }
    }

    private void prepare(DrillPlan plan) throws IOException {
        try (App empty = new App(home, Map.of(), InstantSource.system())) {
            command(empty, "init", home.toString());
        }
        Files.writeString(home.resolve("config/rooster.yaml"), settings(plan, urlOfNodes()));
        Files.writeString(home.resolve("issue.md"), resource("drill/issue.md"));
        writePeople(plan.recipients());
        app = new App(home, urlOfDrill(), InstantSource.system());
        command(app, "subscriber", "import", "people.csv", "--status", "active");
        command(app, "issue", "add", "issue.md");
        for (int node = 1; node < plan.nodes(); node++) {
            addNode(node);
        }
        leaveLedger();
    }

    /** A folder of its own for one more node, with the same settings and keys. */
    private void addNode(int node) throws IOException {
        for (String folder : List.of("config", "templates", "data/keys")) {
            Path to = Files.createDirectories(home(node).resolve(folder));
            try (Stream<Path> files = Files.list(home.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        app.installation().check(); // the first folder belongs to the database now
        try (App its = new App(home(node), urlOfDrill(), InstantSource.system())) {
            its.installation().join();
        }
    }

    private String urlOfNodes() {
        return database == null ? null : database.urlOfNodes();
    }

    private Map<String, String> urlOfDrill() {
        return database == null ? Map.of() : Map.of("ROOSTER_DATABASE_URL", database.urlOfDrill());
    }

    private String settings(DrillPlan plan, String url) throws IOException {
        String part = url == null
                ? ""
                : "database: { url: \"" + url.replace("\\", "\\\\").replace("\"", "\\\"") + "\" }";
        return resource("drill/rooster.yaml")
                .replace("@RELAY@", Integer.toString(relay.port()))
                .replace("@CONNECTIONS@", Integer.toString(plan.connections()))
                .replace("@PATIENCE@", PATIENCE.toSeconds() + " s")
                .replace("@DATABASE@", part);
    }

    private void writePeople(int recipients) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(home.resolve("people.csv"))) {
            out.write("email,name\n");
            for (int i = 1; i <= recipients; i++) {
                out.write("reader" + i + "@" + DOMAINS.get(i % DOMAINS.size()) + ",Reader " + i + "\n");
            }
        }
    }

    private void command(App at, String... args) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), out, out, home, false, 100, Language.EN);
        int exit = new Commands(console, false).run(List.of(args), () -> at, where -> Commands.Answer.notRunning());
        if (exit != Exit.DONE) {
            throw new IllegalStateException(
                    String.join(" ", args) + " ended with " + exit + ": " + said.toString(StandardCharsets.UTF_8));
        }
    }

    DrillRelay relay() {
        return relay;
    }

    /** The folder of a node, from 0. */
    Path home(int node) {
        return node == 0 ? home : home.resolve("node-" + (node + 1));
    }

    /** What the processes say goes here. */
    Path log() {
        return home.resolve("nodes.log");
    }

    /** Whether several processes can share the ledger. */
    boolean shared() {
        return database != null;
    }

    JdbiDrillDatabase database() {
        return database;
    }

    /** The drill's edition, once it was started. Opens the ledger; on the embedded database no process may run. */
    Optional<Edition> edition() {
        return app.delivering().editions().find(ISSUE);
    }

    /** Starts the edition in this process, which sends nothing itself. */
    void startEdition() {
        app.installation().check();
        app.delivering().editions().start(app.newsletters().all().get(0), ISSUE, Duration.ZERO, written -> {});
    }

    EditionCounts counts(Edition edition) {
        return app.delivering().editions().counts(edition.id());
    }

    /** Compares the ledger with the relay's book. */
    DrillBalance balance(Edition edition) {
        DrillBalance balance = new DrillBalance(relay);
        new JdbiRecipients(app.database().jdbi())
                .forEach(
                        edition.id().value(),
                        List.of(),
                        line -> balance.count(line.address(), line.state(), line.uncertainCount()));
        return balance;
    }

    /** Closes the ledger here; the embedded one is then free for a process. The next question opens it again. */
    void leaveLedger() {
        app.close();
        app = new App(home, urlOfDrill(), InstantSource.system());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = DrillWorld.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (app != null) {
            app.close();
        }
        relay.close();
        try {
            if (database != null) {
                database.close();
            }
        } finally {
            deleteHome();
        }
    }

    private void deleteHome() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
