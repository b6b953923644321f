package dev.rooster.cli;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One invocation of a command: who called, and the wired application behind it. */
final class Session {
    private final Console console;
    private final Supplier<App> app;
    private final Messages messages;

    Session(Console console, Supplier<App> app) {
        this.console = console;
        this.app = app;
        this.messages = Messages.of(Session.class, console.language());
    }

    Console console() {
        return console;
    }

    /** The application, opened at the first call. */
    App app() {
        return app.get();
    }

    /** A text of the command line's own bundles. */
    String text(String key, Object... args) {
        return messages.text(key, args);
    }

    Language language() {
        return console.language();
    }

    /** Prints a value as one JSON document, for {@code --json}. Records, maps, lists, instants and numbers are fine. */
    void json(Object value) {
        console.println(Json.PRETTY.writeValueAsString(value));
    }

    /** Prints a value as one line of JSON. */
    void jsonLine(Object value) {
        console.println(Json.COMPACT.writeValueAsString(value));
    }

    /**
     * A progress bar on a terminal, nothing elsewhere. Close it.
     *
     * @param total how much there is to do; -1 when unknown
     */
    ProgressBar progress(String title, long total) {
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName(title)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200);
        return console.terminal()
                ? builder.setConsumer(new ConsoleProgressBarConsumer(console.err(), console.columns()))
                        .build()
                : builder.setConsumer(new NoProgress()).build();
    }

    /** Loaded only when JSON is asked for, since it takes a moment. */
    private static final class Json {
        static final JsonMapper PRETTY =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        static final JsonMapper COMPACT = JsonMapper.builder().build();
    }
}
