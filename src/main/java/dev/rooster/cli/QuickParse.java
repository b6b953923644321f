package dev.rooster.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * Parses the usual call, one known command without a question about usage, by looking at that command alone. Reading the
 * declarations of all fifty takes longer than most of them take to run.
 */
final class QuickParse {
    private static final Set<String> QUESTIONS = Set.of("-h", "--help", "-V", "--version");

    private QuickParse() {}

    /** The command with its options filled in; null when the whole tree is needed to answer: a question, a mistake. */
    static RoosterCommand tryParse(List<String> args) {
        Class<?> found = RoosterRoot.class;
        int names = 0;
        for (Class<?> next = found; next != null; names++) {
            found = next;
            next = names < args.size() ? below(found, args.get(names)) : null;
        }
        List<String> rest = args.subList(names - 1, args.size());
        if (!RoosterCommand.class.isAssignableFrom(found)
                || found == CompletionCommand.class
                || rest.stream().anyMatch(QUESTIONS::contains)) {
            return null;
        }
        try {
            RoosterCommand command =
                    (RoosterCommand) CommandLine.defaultFactory().create(found);
            Commands.configured(new CommandLine(command)).parseArgs(rest.toArray(String[]::new));
            return command;
        } catch (ParameterException e) {
            return null;
        } catch (Exception e) {
            throw new IllegalStateException("the command " + found.getSimpleName() + " can't be made", e);
        }
    }

    private static Class<?> below(Class<?> group, String name) {
        Command declared = group.getAnnotation(Command.class);
        for (Class<?> command : declared.subcommands()) {
            if (command.getAnnotation(Command.class).name().equals(name)) {
                return command;
            }
        }
        return null;
    }
}
