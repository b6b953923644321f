package dev.rooster.cli;

import dev.rooster.language.Messages;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The entry point of every {@code rooster} command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args), System.getenv()));
    }

    private static int run(List<String> args, Map<String, String> environment) {
        EndWithParent.watchIfAsked(System.in);
        Path folder = Path.of("").toAbsolutePath();
        GlobalOptions options = GlobalOptions.parse(args, environment, folder);
        setLogLevel(options);
        WatchedOutput output = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        Console console = new Console(
                new FileInputStream(FileDescriptor.in),
                stream(output),
                stream(new FileOutputStream(FileDescriptor.err)),
                folder,
                System.console() != null,
                columns(environment),
                options.language());
        if (options.wrong() != null) {
            Messages messages = Messages.of(Main.class, options.language());
            console.err()
                    .println("rooster: "
                            + messages.text("usage.global." + options.wrong().substring(2)));
            return Exit.BAD_INPUT;
        }
        if (options.rest().equals(List.of("--version"))) {
            console.println("rooster " + Version.text());
            return Exit.DONE;
        }
        System.setProperty("rooster.home", options.home().toString());
        Commands commands = new Commands(console, options.debug());
        try (App app = new App(options.home(), environment, InstantSource.system())) {
            int exit = commands.run(options.rest(), () -> app, call -> elsewhere(app, call, options, console));
            return checked(exit, output, console);
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    /** Has the command carried out in the process that owns the installation; empty when none runs. */
    private static Commands.Answer elsewhere(App app, CommandKind.Where where, GlobalOptions options, Console console) {
        if (where == CommandKind.Where.HERE) {
            return Commands.Answer.notRunning();
        }
        ControlSocket socket = ControlSocket.of(app.data());
        try (ControlClient client = ControlClient.tryConnect(socket)) {
            if (client == null) {
                return Commands.Answer.notRunning();
            }
            if (where == CommandKind.Where.ALONE) {
                return Commands.Answer.running();
            }
            return Commands.Answer.done(client.run(options, console));
        } catch (IOException e) {
            throw new ControlClient.Lost(e);
        }
    }

    private static int checked(int exit, WatchedOutput output, Console console) {
        if (output.failure() == null) {
            return exit;
        }
        console.err()
                .println("rooster: "
                        + Messages.of(Main.class, console.language())
                                .text("trouble.output", output.failure().getMessage()));
        return exit == Exit.DONE ? Exit.FAILED : exit;
    }

    /** A command says what went wrong in its own sentences, so that its log holds errors only; serve's output is a log. */
    private static void setLogLevel(GlobalOptions options) {
        boolean logs = options.debug() || options.rest().stream().limit(1).anyMatch("serve"::equals);
        System.setProperty(LogSetup.USUAL_LEVEL, logs ? "WARN" : "ERROR");
    }

    private static PrintStream stream(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private static int columns(Map<String, String> environment) {
        try {
            return Integer.parseInt(environment.getOrDefault("COLUMNS", "100"));
        } catch (NumberFormatException e) {
            return 100;
        }
    }
}
