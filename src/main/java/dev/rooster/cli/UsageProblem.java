package dev.rooster.cli;

import dev.rooster.language.Messages;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the arguments of a command, in the person's language (the parser's own words are English). */
final class UsageProblem {
    private final Messages messages;

    UsageProblem(Messages messages) {
        this.messages = messages;
    }

    String text(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (problem instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return messages.text(
                    "usage.missing",
                    missing.getMissing().stream().map(UsageProblem::name).collect(Collectors.joining(", ")));
        }
        if (problem instanceof OverwrittenOptionException twice) {
            return messages.text("usage.twice", name(twice.getOverwritten()));
        }
        if (problem.getArgSpec() != null && problem.getValue() != null) {
            return value(problem.getArgSpec(), problem.getValue());
        }
        return problem.getMessage();
    }

    private String unmatched(UnmatchedArgumentException problem) {
        String found = problem.getUnmatched().get(0);
        boolean option = problem.isUnknownOption() || found.startsWith("--");
        boolean group = !problem.getCommandLine().getSubcommands().isEmpty();
        String key = option ? "usage.no-option" : group ? "usage.no-command" : "usage.extra";
        List<String> near = problem.getSuggestions();
        return messages.text(key, found)
                + (near.isEmpty() || key.equals("usage.extra")
                        ? ""
                        : " " + messages.text("usage.near", String.join(", ", near)));
    }

    private String value(ArgSpec argument, String found) {
        Class<?> type = argument.auxiliaryTypes().length > 0 ? argument.auxiliaryTypes()[0] : argument.type();
        String name = name(argument);
        if (Map.class.isAssignableFrom(argument.type())) {
            return messages.text("usage.pair", name, found);
        }
        if (type == LocalDate.class) {
            return messages.text("usage.date", name, found);
        }
        if (type == Duration.class) {
            return messages.text("usage.length-of-time", name, found);
        }
        if (argument.converters() != null
                && argument.converters().length > 0
                && argument.converters()[0] instanceof PositiveNumber) {
            return messages.text("usage.positive", name, found, String.valueOf(PositiveNumber.MAX));
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return messages.text("usage.number", name, found);
        }
        if (type.isEnum() && argument.completionCandidates() != null) {
            return messages.text(
                    "usage.one-of",
                    name,
                    found,
                    StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                            .map(word -> word.toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")));
        }
        return messages.text("usage.value", name, found);
    }

    /** As it is written: {@code --slot DATE}, {@code ID}. */
    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel())
                : argument.paramLabel();
    }
}
