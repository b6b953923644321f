package dev.rooster.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final String MINIMAL = """
            newsletters: { ai-weekly: { name: AI, from: a@b.kr, slot: WED 07:00 } }
            relays: { default: { host: 127.0.0.1 } }
            """;

    @TempDir
    Path home;

    @Test
    void theShippedFileIsReadWithoutAFault() throws Exception {
        Files.createDirectories(home.resolve("config"));
        Files.copy(Path.of(Settings.FILE), home.resolve(Settings.FILE));
        Settings settings = Settings.load(home, Map.of("ROOSTER_SMTP_HOST", "127.0.0.1", "ROOSTER_SMTP_PORT", "2525"));
        assertThat(settings.newsletters().get("ai-weekly").zone()).hasToString("Asia/Seoul");
        assertThat(settings.relays().get("default").host()).isEqualTo("127.0.0.1");
        assertThat(settings.relays().get("default").port()).isEqualTo(2525);
    }

    @Test
    void whatIsCommentedOutIsASettingWithThatDefault() throws Exception {
        String shipped = Files.readString(Path.of(Settings.FILE));
        write(shipped.replaceAll(
                "(?m)^( *)# ((?:slot-line|pace|catch-up|expiry|bounce-prefix|port|tls|mechanism|connections"
                        + "|messages-per-connection|connection-lifetime|dsn|timeouts|relay|week-label): .*)$",
                "$1$2"));
        Settings uncommented = Settings.load(home, Map.of());
        write(shipped);
        assertThat(uncommented).isEqualTo(Settings.load(home, Map.of()));
    }

    @Test
    void namesThatAreOursAndReferencesToNothingAreRefused() throws IOException {
        assertThat(faults(MINIMAL.replace("ai-weekly", "media"), Map.of()))
                .anySatisfy(fault -> assertThat(fault).contains("media"));
        assertThat(faults(MINIMAL.replace("slot:", "relay: backup, slot:"), Map.of()))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("backup", "default"));
        assertThat(faults(MINIMAL.replace("WED 07:00", "WEDD 7"), Map.of()))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("newsletters.ai-weekly.slot", "WEDD 7", "WED 07:00"));
        assertThat(faults("", Map.of())).isNotEmpty();
        assertThat(faults("a: " + "[".repeat(100_000), Map.of()))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("nested too deeply"));
    }

    @Test
    void allFaultsAreListedAtOnceWithTheirLines() throws IOException {
        List<String> faults = faults("""
                public-url: ftp://x
                database:
                  conections: 8
                  connections: many
                  password: [a]
                """, Map.of());
        assertThat(faults)
                .anySatisfy(fault -> assertThat(fault)
                        .contains("config/rooster.yaml:1:", "public-url", "ftp://x", "https://news.example.com"))
                .anySatisfy(fault -> assertThat(fault)
                        .contains("config/rooster.yaml:3:", "database.conections", "did you mean connections"))
                .anySatisfy(fault ->
                        assertThat(fault).contains("config/rooster.yaml:4:", "database.connections", "many", "4–200"))
                .anySatisfy(fault -> assertThat(fault).contains("config/rooster.yaml:5:", "database.password"));
    }

    @Test
    void theEnvironmentOverridesAndItsFaultsNameTheVariable() throws Exception {
        write(MINIMAL + "database: { connections: 9 }\n");
        assertThat(Settings.load(home, Map.of("ROOSTER_DATABASE_CONNECTIONS", "12"))
                        .database()
                        .connectionsMax())
                .isEqualTo(12);
        assertThat(faults("", Map.of("ROOSTER_DATABASE_CONNECTIONS", "none")))
                .anySatisfy(fault -> assertThat(fault).startsWith("ROOSTER_DATABASE_CONNECTIONS: "));
        assertThat(faults("", Map.of("ROOSTER_DATABASE_CONECTIONS", "5")))
                .anySatisfy(fault -> assertThat(fault).contains("did you mean ROOSTER_DATABASE_CONNECTIONS"));
    }

    @Test
    void aBadSecretIsNotRepeated() throws IOException {
        assertThat(faults("database: { url: jdbc:oracle:x, password: { a: hunter2 } }", Map.of()))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault).doesNotContain("hunter2"));
    }

    @Test
    void onlyRelaysOnThisMachineMayBeTriedAgainSoonerThanAGreylistAsks() throws Exception {
        write(MINIMAL + "delivery: { retry-first: 2 s }\n");
        assertThat(Settings.load(home, Map.of()).delivery().retryFirst()).isEqualTo(Duration.ofSeconds(2));
        assertThat(faults(
                        MINIMAL.replace("127.0.0.1", "smtp.example.com") + "delivery: { retry-first: 2 s }\n",
                        Map.of()))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("delivery.retry-first", "5 m"));
    }

    @Test
    void whatIsNotYamlIsToldWithItsLine() throws IOException {
        assertThat(faults("public-url: https://a.kr\n  database: x\n", Map.of()))
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("config/rooster.yaml:2:"));
        assertThat(faults("database: {}\ndatabase: {}\n", Map.of()))
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("config/rooster.yaml:2:"));
    }

    @Test
    void otherEncodingsAndAMissingFileAreTold() throws IOException {
        assertThat(faults(home))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("rooster init"));
        Files.createDirectories(home.resolve("config"));
        Files.write(home.resolve(Settings.FILE), "# 설정".getBytes(Charset.forName("MS949")));
        assertThat(faults(home))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("UTF-8"));
    }

    private List<String> faults(String yaml, Map<String, String> environment) throws IOException {
        write(yaml);
        return faults(home, environment);
    }

    private static List<String> faults(Path home) {
        return faults(home, Map.of());
    }

    private static List<String> faults(Path home, Map<String, String> environment) {
        try {
            Settings.load(home, environment);
            return List.of();
        } catch (SettingsProblem e) {
            return e.faults().stream().map(fault -> fault.text(Language.EN)).toList();
        }
    }

    private void write(String yaml) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve(Settings.FILE), yaml);
    }
}
