package dev.rooster.cli;

import dev.rooster.delivery.DeliveryState;
import dev.rooster.delivery.Edition;
import dev.rooster.delivery.EditionCounts;
import dev.rooster.issue.IssueId;
import dev.rooster.language.Language;
import dev.rooster.sandbox.InboxPages;
import dev.rooster.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An installation in a temporary folder beside a sandbox of mail, all on loopback: the whole product with nothing to configure.
 * Closing it stops everything and deletes the folder.
 */
final class DemoWorld implements AutoCloseable {
    private static final List<String> EXAMPLES = List.of("2026-12-02-ai-weekly.md", "subscribers.csv");

    private final Path home;
    private final Language language;
    private final DemoClock clock = new DemoClock();
    private final Sandbox sandbox;
    private final App app;
    private Running running;
    private InboxPages inbox;

    private DemoWorld(Path home, Language language, Sandbox sandbox, int pagesPort) throws IOException {
        this.home = home;
        this.language = language;
        this.sandbox = sandbox;
        write(pagesPort);
        this.app = new App(home, Map.of(), clock);
    }

    /** Lays the installation out and starts the sandbox. */
    static DemoWorld create(Language language) throws IOException {
        Path home = Files.createTempDirectory("rooster-demo-");
        return new DemoWorld(home, language, Sandbox.start(), freePort());
    }

    private void write(int pagesPort) throws IOException {
        String settings = resource("demo/rooster.yaml")
                .replace("@PAGES@", Integer.toString(pagesPort))
                .replace("@RELAY@", Integer.toString(sandbox.relayPort()))
                .replace("@IMAP@", Integer.toString(sandbox.imapPort()))
                .replace("@BOUNCE_USER@", Sandbox.BOUNCE_USER)
                .replace("@BOUNCE_PASSWORD@", Sandbox.BOUNCE_PASSWORD);
        // init makes keys and folders; its settings are then replaced by those of the demo
        command("init", home.toString());
        Files.writeString(home.resolve("config/rooster.yaml"), settings);
        for (String name : EXAMPLES) {
            copy("examples/" + name, home.resolve("examples").resolve(name));
        }
        for (String picture : resource("demo/pictures.txt").lines().toList()) {
            copy("examples/" + picture, home.resolve("examples").resolve(picture));
        }
    }

    /** Starts what {@code rooster serve} starts, and the inbox page. */
    void start(int inboxPort) {
        running = Running.start(app, true);
        inbox = InboxPages.start(sandbox, this::ledger, language, inboxPort);
    }

    /** What a command answered. */
    record Answer(int exit, String out, String err) {}

    /** Runs a command as the command line would, and keeps what it says. */
    Answer command(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                home,
                false,
                100,
                language);
        int exit = new Commands(console, false).run(List.of(args), () -> app, where -> Commands.Answer.notRunning());
        return new Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Path home() {
        return home;
    }

    DemoClock clock() {
        return clock;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    App app() {
        return app;
    }

    String inboxUrl() {
        return inbox.url();
    }

    /** The only issue's edition, once it was started. */
    Optional<Edition> edition() {
        return app.delivering().editions().find(new IssueId(1));
    }

    EditionCounts counts() {
        return app.delivering().editions().counts(edition().orElseThrow().id());
    }

    private Map<String, Long> ledger() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        edition().ifPresent(edition -> {
            EditionCounts counts = app.delivering().editions().counts(edition.id());
            for (DeliveryState state : DeliveryState.values()) {
                if (counts.of(state) > 0) {
                    numbers.put(state.word(), counts.of(state));
                }
            }
        });
        return numbers;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = DemoWorld.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void copy(String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = DemoWorld.class.getResourceAsStream(name)) {
            Files.copy(in, target);
        }
    }

    @Override
    public void close() throws IOException {
        if (inbox != null) {
            inbox.close();
        }
        if (running != null) {
            running.close();
        }
        app.close();
        sandbox.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
