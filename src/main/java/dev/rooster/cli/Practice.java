package dev.rooster.cli;

import dev.rooster.language.Language;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * A few commands run on a throw-away installation, so that the launcher can put the classes they load into an archive for
 * class-data sharing. Its one argument is an empty folder.
 */
final class Practice {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("init", "."),
            List.of("issue", "list"),
            List.of("subscriber", "show", "nobody@example.com", "--json"),
            List.of("slot", "list"),
            List.of("--help"),
            List.of("issue", "--help"),
            List.of("no-such-command"));

    private Practice() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]).toAbsolutePath();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        for (Language language : Language.values()) {
            Console console =
                    new Console(InputStream.nullInputStream(), nowhere, nowhere, folder, false, 100, language);
            for (List<String> command : COMMANDS) {
                try (App app = new App(folder, Map.of(), InstantSource.system())) {
                    new Commands(console, false).run(command, () -> app, where -> {
                        ControlSocket.of(app.data());
                        return Commands.Answer.notRunning();
                    });
                }
            }
        }
    }
}
