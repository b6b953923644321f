package dev.rooster.cli;

import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs commands in this JVM as a script would, in one folder, on the installation {@code H} in it. */
final class CommandRun implements AutoCloseable {
    private final Path folder;
    private final Language language;
    private final SettableClock clock = SettableClock.at("2026-11-24T07:00:00Z");
    private App app;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    CommandRun(Path folder, Language language) {
        this(folder, language, Map.of());
    }

    CommandRun(Path folder, Language language, Map<String, String> environment) {
        this.folder = folder;
        this.language = language;
        this.app = new App(folder.resolve("H"), environment, clock);
    }

    /** What comes after runs in a new process, as it were. */
    void restart(Map<String, String> environment) {
        app.close();
        app = new App(folder.resolve("H"), environment, clock);
    }

    int run(String... args) {
        return runWithInput("", args);
    }

    int runWithInput(String in, String... args) {
        out.reset();
        err.reset();
        Console console = new Console(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                false,
                100,
                language);
        return new Commands(console, false).run(List.of(args), () -> app, where -> Commands.Answer.notRunning());
    }

    App app() {
        return app;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        app.close();
    }
}
