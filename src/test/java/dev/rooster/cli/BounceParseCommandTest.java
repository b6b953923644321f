package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BounceParseCommandTest {
    private static final String BOUNCE = """
            Return-Path: <>
            From: MAILER-DAEMON@mx.example.org
            Subject: failure notice

            Hi. This is the qmail-send program at mx.example.org.

            <reader@mail.example>:
            550 5.1.1 user unknown
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Language language, String input, String... args) {
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                folder,
                false,
                100,
                language);
        return new Commands(console, false)
                .run(
                        List.of(args),
                        () -> {
                            throw new AssertionError("no installation is needed");
                        },
                        where -> Commands.Answer.notRunning());
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachMailIsOneLineOfJson() throws IOException {
        Files.createDirectories(folder.resolve("mails"));
        Files.writeString(folder.resolve("mails/1.eml"), BOUNCE);
        Files.writeString(folder.resolve("mails/2.eml"), "Subject: hello\n\nHello.\n");

        int exit = run(Language.EN, "", "bounce", "parse", "mails", "--json");

        assertThat(exit).isEqualTo(Exit.DONE);
        assertThat(printed().lines())
                .containsExactly(
                        "{\"file\":\"mails/1.eml\",\"kind\":\"bounce\",\"recipients\":[{\"address\":\"reader@mail.example\","
                                + "\"original\":null,\"status\":\"5.1.1\",\"replyCode\":\"550\",\"hard\":true,"
                                + "\"diagnostic\":\"550 5.1.1 user unknown\",\"remoteHost\":null,\"action\":\"failed\",\"category\":\"unknown-user\",\"verdict\":\"hard\","
                                + "\"reason\":\"user.unknown\"}]}",
                        "{\"file\":\"mails/2.eml\",\"kind\":\"other\",\"recipients\":[]}");
    }

    @Test
    void standardInputIsReadInThePersonsLanguage() {
        int exit = run(Language.KO, BOUNCE, "bounce", "parse", "-");

        assertThat(exit).isEqualTo(Exit.DONE);
        assertThat(printed()).contains("반송").contains("reader@mail.example").contains("없는 주소");
        assertThat(printed()).as("what the category means").contains("unknown-user: ");
    }

    @Test
    void aMissingFileIsSaidAndTheOthersAreStillRead() throws IOException {
        Files.writeString(folder.resolve("1.eml"), BOUNCE);

        assertThat(run(Language.EN, "", "bounce", "parse", "none.eml", "1.eml", "--json"))
                .isEqualTo(Exit.PARTLY);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("none.eml does not exist");
        assertThat(printed()).contains("reader@mail.example");
    }

    @Test
    void whereNothingCanBeReadTheInputIsBad() {
        assertThat(run(Language.EN, "", "bounce", "parse", "none.eml")).isEqualTo(Exit.BAD_INPUT);
    }
}
