package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.language.DisplayWidth;
import dev.rooster.language.Language;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

class HelpTest {
    private static final Path FOLDER = Databases.temporaryFolder();

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyCommandHasAHeaderAndEveryOptionAndArgumentIsDescribed(Language language) {
        SoftAssertions softly = new SoftAssertions();
        for (CommandLine command : everyCommand(language)) {
            CommandSpec spec = command.getCommandSpec();
            String name = spec.qualifiedName();
            softly.assertThat(String.join("", spec.usageMessage().header()))
                    .as("header of " + name)
                    .isNotBlank();
            for (OptionSpec option : spec.options()) {
                softly.assertThat(described(option))
                        .as(option.longestName() + " of " + name)
                        .isTrue();
            }
            for (PositionalParamSpec argument : spec.positionalParameters()) {
                softly.assertThat(described(argument))
                        .as(argument.paramLabel() + " of " + name)
                        .isTrue();
            }
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyHelpShowsExamplesThatAreRightCommandLines(Language language) {
        SoftAssertions softly = new SoftAssertions();
        for (CommandLine command : everyCommand(language)) {
            String name = command.getCommandSpec().qualifiedName();
            List<List<String>> examples = examples(command);
            softly.assertThat(examples).as("examples of " + name).isNotEmpty();
            boolean about = false;
            for (List<String> example : examples) {
                GlobalOptions options =
                        GlobalOptions.parse(example.subList(1, example.size()), java.util.Map.of(), FOLDER);
                try {
                    ParseResult parsed =
                            commandLine(language).parseArgs(options.rest().toArray(String[]::new));
                    while (parsed.hasSubcommand()) {
                        parsed = parsed.subcommand();
                    }
                    about |= parsed.commandSpec().qualifiedName().startsWith(name);
                } catch (CommandLine.ParameterException e) {
                    softly.fail(String.join(" ", example) + ": " + e.getMessage());
                }
            }
            softly.assertThat(about).as("an example of " + name + " itself").isTrue();
        }
        softly.assertAll();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void noHelpShowsARawKeyOrALineThatIsTooWide(Language language) {
        SoftAssertions softly = new SoftAssertions();
        for (CommandLine command : everyCommand(language)) {
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            softly.assertThat(keys(command).stream().filter(help::contains))
                    .as(command.getCommandSpec().qualifiedName())
                    .isEmpty();
            softly.assertThat(help.lines().filter(line -> DisplayWidth.columns(line) > 100))
                    .as(command.getCommandSpec().qualifiedName())
                    .isEmpty();
            if (language == Language.KO) {
                softly.assertThat(help)
                        .as(command.getCommandSpec().qualifiedName())
                        .doesNotContain(
                                "Usage:", "Commands:", "Options:", "Examples:", "Show this help", "Show the version");
            }
        }
        softly.assertAll();
    }

    @Test
    void theCompletionScriptNamesEveryCommand() {
        try (CommandRun rooster = new CommandRun(FOLDER, Language.EN)) {
            assertThat(rooster.run("completion")).isEqualTo(Exit.DONE);
            for (CommandLine command : everyCommand(Language.EN)) {
                assertThat(rooster.out())
                        .contains("_picocli_"
                                + command.getCommandSpec().qualifiedName("_").replace("-", ""))
                        .contains(command.getCommandName());
            }
            assertThat(rooster.out()).contains("--newsletter", "--dry-run");
        }
    }

    @Test
    void theVersionIsShownAndNothingIsDoneWhereverItIsAskedFor() {
        try (CommandRun rooster = new CommandRun(FOLDER, Language.EN)) {
            assertThat(rooster.run("init", "elsewhere", "--version")).isEqualTo(Exit.DONE);
            assertThat(rooster.out().strip()).isEqualTo("rooster " + Version.text());
            assertThat(FOLDER.resolve("elsewhere")).doesNotExist();
        }
    }

    private static boolean described(ArgSpec argument) {
        return argument.description().length > 0
                && !argument.description()[0].isBlank()
                && !argument.description()[0].equals(argument.descriptionKey());
    }

    /** Names of texts, none of which a reader should see. */
    private static List<String> keys(CommandLine command) {
        List<String> keys = new ArrayList<>(List.of("usage.header", "usage.footer", "usage.description"));
        command.getCommandSpec().args().forEach(argument -> {
            if (argument.descriptionKey() != null && argument.descriptionKey().contains(".")) {
                keys.add(argument.descriptionKey());
            }
        });
        return keys;
    }

    /** The lines of the footer that begin with {@code rooster}, split as a shell does. */
    private static List<List<String>> examples(CommandLine command) {
        List<List<String>> examples = new ArrayList<>();
        for (String footer : command.getCommandSpec().usageMessage().footer()) {
            for (String line : footer.split("%n")) {
                if (line.strip().startsWith("rooster ")) {
                    List<String> words = new ArrayList<>();
                    Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line.replaceFirst(" > .*", ""));
                    while (word.find()) {
                        words.add(word.group(1) != null ? word.group(1) : word.group(2));
                    }
                    examples.add(words);
                }
            }
        }
        return examples;
    }

    private static List<CommandLine> everyCommand(Language language) {
        List<CommandLine> all = new ArrayList<>();
        collect(commandLine(language), all);
        return all;
    }

    private static void collect(CommandLine command, List<CommandLine> all) {
        all.add(command);
        command.getSubcommands().values().forEach(child -> collect(child, all));
    }

    private static CommandLine commandLine(Language language) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Commands(
                        new Console(InputStream.nullInputStream(), nowhere, nowhere, FOLDER, false, 100, language),
                        false)
                .commandLine();
    }
}
