package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BadInputTest {
    private final Path folder = Databases.temporaryFolder();

    @Test
    void anExportNeverTakesThePlaceOfAFolder() throws IOException {
        Files.createDirectory(folder.resolve("people.csv"));
        try (CommandRun rooster = installed()) {
            assertThat(rooster.run("subscriber", "export", "people.csv")).isEqualTo(Exit.BAD_INPUT);
            assertThat(rooster.err()).contains("people.csv").doesNotContain("Exception");
            assertThat(folder.resolve("people.csv")).isDirectory();
            assertThat(rooster.run("subscriber", "export", "none/people.csv")).isEqualTo(Exit.BAD_INPUT);
        }
    }

    @Test
    void initOnAFileChangesNothing() throws IOException {
        Files.writeString(folder.resolve("H"), "mine");
        try (CommandRun rooster = new CommandRun(folder, Language.EN)) {
            assertThat(rooster.run("init", "H")).isEqualTo(Exit.BAD_INPUT);
            assertThat(rooster.err()).contains("is a file").doesNotContain("Exception");
            assertThat(folder.resolve("H")).hasContent("mine");
        }
    }

    @Test
    void anInitThatFailsHalfwayTakesAwayWhatItMadeAndNothingElse() throws IOException {
        Files.createDirectories(folder.resolve("H/templates"));
        Files.writeString(folder.resolve("H/templates/issue.css"), "mine");
        Files.createDirectories(folder.resolve("H/data/keys/dkim-rooster.pem/in the way"));
        try (CommandRun rooster = new CommandRun(folder, Language.EN)) {
            assertThat(rooster.run("init", "H")).isEqualTo(Exit.FAILED);
            assertThat(rooster.err()).doesNotContain("unexpected");
        }
        try (Stream<Path> left = Files.walk(folder.resolve("H"))) {
            assertThat(left.filter(Files::isRegularFile)).containsExactly(folder.resolve("H/templates/issue.css"));
        }
    }

    @Test
    void aBackupIsMadeWhereTheKeysAreLost() throws IOException {
        try (CommandRun rooster = installed()) {
            assertThat(rooster.run("subscriber", "add", "a@example.net")).isEqualTo(Exit.DONE);
        }
        Files.move(folder.resolve("H/data/keys"), folder.resolve("lost"));
        try (CommandRun rooster = new CommandRun(folder, Language.EN)) {
            int exit = rooster.run("db", "backup", "b.zip");
            assertThat(exit).as(rooster.err()).isEqualTo(Exit.DONE);
        }
    }

    @Test
    void aDamagedDatabaseIsSaidToBeOneAndABackupIsPutInItsPlace() throws IOException {
        try (CommandRun rooster = installed()) {
            assertThat(rooster.run("subscriber", "add", "a@example.net")).isEqualTo(Exit.DONE);
            assertThat(rooster.run("db", "backup", "b.zip")).isEqualTo(Exit.DONE);
        }
        Files.writeString(folder.resolve("H/data/rooster.mv.db"), "no database".repeat(1000));
        try (CommandRun rooster = new CommandRun(folder, Language.EN)) {
            assertThat(rooster.run("issue", "list")).isEqualTo(Exit.FAILED);
            assertThat(rooster.err())
                    .contains("rooster.mv.db is damaged", "db restore")
                    .doesNotContain("null");
        }
        try (CommandRun rooster = new CommandRun(folder, Language.EN)) {
            int exit = rooster.run("db", "restore", "b.zip");
            assertThat(exit).as(rooster.err()).isEqualTo(Exit.DONE);
        }
        try (CommandRun rooster = new CommandRun(folder, Language.EN)) {
            int exit = rooster.run("subscriber", "show", "a@example.net");
            assertThat(exit).as(rooster.err() + rooster.out()).isEqualTo(Exit.DONE);
        }
    }

    @Test
    void aBackupThatFailsLeavesNothingBehind() throws IOException {
        Files.createDirectories(folder.resolve("b.zip.part/in the way"));
        try (CommandRun rooster = installed()) {
            assertThat(rooster.run("db", "backup", "b.zip")).isEqualTo(Exit.FAILED);
            assertThat(folder.resolve("b.zip")).doesNotExist();
        }
    }

    @Test
    void settingsThatCantBeReadAreNotSaidToBeMissing() throws IOException {
        try (CommandRun rooster = installed()) {
            Files.delete(folder.resolve("H/config/rooster.yaml"));
            Files.createDirectory(folder.resolve("H/config/rooster.yaml"));
            assertThat(rooster.run("issue", "list")).isEqualTo(Exit.BAD_INPUT);
            assertThat(rooster.err()).contains("can't be read").doesNotContain("no such file");
        }
    }

    @Test
    void whatTheMachineRefusesIsToldApart() {
        assertThat(trouble(new UncheckedIOException(new IOException("No space left on device"))))
                .contains("The disk is full.");
        assertThat(trouble(new UncheckedIOException(new IOException("File too large"))))
                .contains("The disk is full.");
        SQLException closed = new SQLException("The database has been closed", "90098", 90098);
        closed.initCause(new IOException("File too large"));
        assertThat(trouble(new IllegalStateException("rows could not be written", closed)))
                .hasValueSatisfying(words -> assertThat(words).contains("database file can't be written"));
        RuntimeException late = new IllegalStateException("Connection is closed");
        late.addSuppressed(new SQLException("could not extend file", "53100"));
        assertThat(trouble(late)).isPresent();
        assertThat(trouble(new RuntimeException(
                        new SQLException("General error: \"org.h2.mvstore.MVStoreException: Writing to x failed\""))))
                .hasValueSatisfying(words -> assertThat(words).contains("database file can't be written"));
        assertThat(trouble(new RuntimeException(new SQLException("The database is read only", "90097", 90097))))
                .hasValueSatisfying(words -> assertThat(words).contains("database can't be written"));
        assertThat(trouble(new UncheckedIOException(new AccessDeniedException("/x/b.zip.part"))))
                .contains("/x/b.zip: this user may not do that.");
        assertThat(trouble(new UncheckedIOException(new NoSuchFileException("/x"))))
                .hasValueSatisfying(words -> assertThat(words).contains("/x does not exist"));
        assertThat(trouble(new IllegalStateException("a bug"))).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void outputThatDoesNotFitIsNoticed() throws IOException {
        WatchedOutput full = new WatchedOutput(new FileOutputStream("/dev/full"));
        try (PrintStream out = new PrintStream(full, true, StandardCharsets.UTF_8)) {
            out.println("half an export");
        }
        assertThat(full.failure()).hasMessageContaining("No space left");
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() throws IOException {
        WatchedOutput piped = new WatchedOutput(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        try (PrintStream out = new PrintStream(piped, true, StandardCharsets.UTF_8)) {
            out.println("a list");
        }
        assertThat(piped.failure()).isNull();
    }

    private static Optional<String> trouble(Throwable failure) {
        return SystemTrouble.of(failure, "/home/data", Messages.of(BadInputTest.class, Language.EN))
                .map(SystemTrouble::what);
    }

    private CommandRun installed() {
        CommandRun rooster = new CommandRun(folder, Language.EN);
        assertThat(rooster.run("init", "H")).isEqualTo(Exit.DONE);
        return rooster;
    }
}
