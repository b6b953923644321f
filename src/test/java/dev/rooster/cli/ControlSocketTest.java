package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aCommandIsCarriedOutInTheRunningProcessWithItsStreamsAndExitCode() throws Exception {
        Path data = Files.createDirectories(home.resolve("data"));
        App app = new App(home, Map.of(), InstantSource.system());
        try (ControlServer server = ControlServer.start(data, () -> app)) {
            assertThat(server).isNotNull();
            assertThat(Files.getPosixFilePermissions(data.resolve("control.sock")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(call(data, "ko", "issue", "--help")).isEqualTo(Exit.DONE);
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("호를");
            assertThat(call(data, "en", "no-such-command")).isEqualTo(Exit.BAD_INPUT);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("no-such-command");
        }
        assertThat(ControlClient.tryConnect(ControlSocket.of(data))).isNull();
    }

    @Test
    void aLongPathIsServedFromAPrivateFolder() throws Exception {
        Path data = Files.createDirectories(home.resolve("d".repeat(120)));
        App app = new App(home, Map.of(), InstantSource.system());
        try (ControlServer server = ControlServer.start(data, () -> app)) {
            assertThat(server).isNotNull();
            assertThat(call(data, "en", "--help")).isEqualTo(Exit.DONE);
        }
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aSocketLeftByADeadProcessCountsAsNone() throws Exception {
        Path data = Files.createDirectories(home.resolve("data"));
        Files.createFile(data.resolve("control.sock"));
        assertThat(ControlClient.tryConnect(ControlSocket.of(data))).isNull();
    }

    private int call(Path data, String language, String... args) throws Exception {
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                home,
                false,
                100,
                Language.of(language, Language.EN));
        GlobalOptions options = new GlobalOptions(home, console.language(), false, List.of(args), null);
        try (ControlClient client = ControlClient.tryConnect(ControlSocket.of(data))) {
            return client.run(options, console);
        }
    }
}
