package dev.rooster.cli;

import dev.rooster.config.Fault;
import dev.rooster.config.SettingsProblem;
import dev.rooster.db.DatabaseProblem;
import dev.rooster.language.Messages;
import dev.rooster.token.KeyRingProblem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Parses the arguments of one invocation, decides where it is carried out, and turns every failure into a sentence and an exit
 * code.
 */
final class Commands {
    private final Console console;
    private final boolean debug;

    Commands(Console console, boolean debug) {
        this.console = console;
        this.debug = debug;
    }

    /** What became of asking the running process: it did it, it runs, or none runs. */
    record Answer(boolean isRunning, Integer exit) {
        static Answer notRunning() {
            return new Answer(false, null);
        }

        static Answer running() {
            return new Answer(true, null);
        }

        static Answer done(int exit) {
            return new Answer(true, exit);
        }
    }

    /**
     * Runs a command.
     *
     * @param args without the global options
     * @param app opened only by commands that need it
     * @param elsewhere asked with where the command belongs, before it is run here
     * @return the exit code
     */
    int run(List<String> args, Supplier<App> app, Function<CommandKind.Where, Answer> elsewhere) {
        RoosterCommand asked = null;
        try {
            RoosterCommand quick = QuickParse.tryParse(args);
            if (quick != null) {
                asked = quick;
                return carryOut(quick, app, elsewhere);
            }
            CommandLine line = commandLine();
            ParseResult parsed = line.parseArgs(args.toArray(String[]::new));
            while (parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
                parsed = parsed.subcommand();
            }
            CommandLine leaf = parsed.commandSpec().commandLine();
            if (parsed.isUsageHelpRequested()) {
                leaf.usage(console.out());
                return Exit.DONE;
            }
            if (parsed.isVersionHelpRequested()) {
                console.println("rooster " + Version.text());
                return Exit.DONE;
            }
            if (!(leaf.getCommand() instanceof RoosterCommand command)) {
                leaf.usage(console.err());
                return Exit.BAD_INPUT;
            }
            asked = command;
            return carryOut(command, app, elsewhere);
        } catch (ParameterException e) {
            console.err()
                    .println("rooster: " + new UsageProblem(Messages.of(Commands.class, console.language())).text(e));
            console.err()
                    .println(text(
                            "problem.usage", e.getCommandLine().getCommandSpec().qualifiedName()));
            return Exit.BAD_INPUT;
        } catch (Exception e) {
            int exit = tell(e, app);
            return asked == null ? exit : asked.exitInTrouble(exit);
        }
    }

    private int carryOut(RoosterCommand command, Supplier<App> app, Function<CommandKind.Where, Answer> elsewhere)
            throws Exception {
        CommandKind kind = command.getClass().getAnnotation(CommandKind.class);
        CommandKind.Where where = kind == null ? CommandKind.Where.INSTALLATION : kind.value();
        Answer answer = elsewhere.apply(where);
        if (answer.exit() != null) {
            return answer.exit();
        }
        if (answer.isRunning()) {
            throw UserProblem.failed(text("problem.running"), text("problem.running.mend"));
        }
        command.attach(new Session(console, app));
        return command.call();
    }

    CommandLine commandLine() {
        CommandLine line = new CommandLine(new RoosterRoot());
        line.setResourceBundle(ResourceBundle.getBundle(
                Commands.class.getPackageName() + ".help",
                console.language().locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
        // three columns less: the parser counts the wide letters of the heading before a synopsis as narrow ones
        line.setUsageHelpWidth(Math.max(80, Math.min(console.columns(), 120)) - 3);
        line.setUsageHelpAutoWidth(false);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.terminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        return configured(line);
    }

    /** How values are read; the same whichever way a command was found. */
    static CommandLine configured(CommandLine line) {
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.registerConverter(LocalDate.class, new IsoDate());
        line.registerConverter(Duration.class, new LengthOfTime());
        return line;
    }

    private int tell(Exception e, Supplier<App> app) {
        if (debug) {
            e.printStackTrace(console.err());
        }
        if (e instanceof UserProblem problem) {
            say(problem.getMessage(), problem.mend());
            return problem.exit();
        }
        if (e instanceof DatabaseProblem problem) {
            Messages messages = Messages.of(DatabaseProblem.class, console.language());
            String key = "problem." + problem.kind();
            say(messages.text(key, problem.subject()), messages.text(key + ".mend"));
            return Exit.FAILED;
        }
        if (e instanceof KeyRingProblem problem) {
            Messages messages = Messages.of(KeyRingProblem.class, console.language());
            say(
                    messages.text(
                            "keys." + problem.kind().name().toLowerCase(java.util.Locale.ROOT),
                            problem.file(),
                            problem.line()),
                    null);
            return Exit.FAILED;
        }
        if (e instanceof App.BadSettings bad) {
            SettingsProblem problem = bad.problem();
            console.err()
                    .println("rooster: "
                            + text("problem.settings", problem.faults().size()));
            for (Fault fault : problem.faults()) {
                console.err().println("  " + fault.text(console.language()));
            }
            return Exit.BAD_INPUT;
        }
        if (e instanceof NodeProblem problem) {
            say(text(problem.key(), problem.args()), text(problem.key() + ".mend", problem.args()));
            return Exit.FAILED;
        }
        if (e instanceof ControlClient.Lost) {
            say(text("problem.control-lost"), text("problem.control-lost.mend"));
            return Exit.FAILED;
        }
        if (e instanceof ControlServer.CantListen problem) {
            say(text("trouble.socket", problem.folder(), Failures.rootWords(problem)), text("trouble.socket.mend"));
            return Exit.FAILED;
        }
        if (SystemTrouble.isBind(e)) {
            String port = String.valueOf(app.get().settings().http().port());
            say(text("trouble.port", port), text("trouble.port.mend"));
            return Exit.FAILED;
        }
        Optional<SystemTrouble> trouble =
                SystemTrouble.of(e, app.get().data().toString(), Messages.of(Commands.class, console.language()));
        if (trouble.isPresent()) {
            say(trouble.get().what(), trouble.get().mend());
            return Exit.FAILED;
        }
        say(text("problem.unexpected", Failures.rootWords(e)), debug ? null : text("problem.unexpected.mend"));
        return Exit.FAILED;
    }

    private void say(String message, String mend) {
        console.err().println("rooster: " + message);
        if (mend != null) {
            console.err().println("  → " + mend);
        }
    }

    private String text(String key, Object... args) {
        return Messages.of(Commands.class, console.language()).text(key, args);
    }
}
