package dev.rooster.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.CanarySettings;
import dev.rooster.delivery.QuietHours;
import dev.rooster.delivery.ShippedRates;
import dev.rooster.delivery.StopSettings;
import dev.rooster.delivery.TrafficSettings;
import dev.rooster.delivery.WarmUp;
import dev.rooster.language.Language;
import dev.rooster.newsletter.ReviewSettings;
import dev.rooster.outbound.AlarmSettings;
import dev.rooster.outbound.HeartbeatSettings;
import dev.rooster.outbound.RehearsalSettings;
import dev.rooster.report.DeferralSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                        + "|messages-per-connection|connection-lifetime|rate|dsn|timeouts|relay|week-label): .*)$",
                "$1$2"));
        Settings uncommented = Settings.load(home, Map.of());
        write(shipped);
        assertThat(uncommented).isEqualTo(Settings.load(home, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "provider-rates",
                "http",
                "delivery",
                "canary",
                "stops",
                "deferrals",
                "mail-for-people",
                "bounces",
                "retention",
                "rehearsal",
                "schedule"
            })
    void aPartThatIsCommentedOutHoldsTheDefaults(String part) throws Exception {
        String shipped = Files.readString(Path.of(Settings.FILE));
        StringBuilder uncommented = new StringBuilder();
        boolean inside = false;
        for (String line : shipped.lines().toList()) {
            inside = line.equals("# " + part + ":") || inside && line.startsWith("#   ");
            uncommented.append(inside ? line.substring(2) : line).append('\n');
        }
        assertThat(uncommented.toString()).contains("\n" + part + ":\n  ");
        write(uncommented.toString());
        Settings settings = Settings.load(home, Map.of());
        write(shipped);
        assertThat(settings).isEqualTo(Settings.load(home, Map.of()));
    }

    @Test
    void whetherTheDiskIsAwaitedIsSaidByYesOrNo() throws Exception {
        write(MINIMAL);
        assertThat(Settings.load(home, Map.of()).delivery().awaitDisk()).isFalse();
        write(MINIMAL + "delivery: { await-disk: true }\n");
        assertThat(Settings.load(home, Map.of()).delivery().awaitDisk()).isTrue();
        assertThat(faults(MINIMAL + "delivery: { await-disk: often }\n", Map.of()))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("delivery.await-disk", "often"));
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
    void whoIsAskedBeforeTheReadersIsReadWithItsDefaults() throws Exception {
        write(MINIMAL);
        Settings plain = Settings.load(home, Map.of());
        assertThat(plain.newsletters().get("ai-weekly").review()).isEqualTo(ReviewSettings.defaults());
        assertThat(plain.rehearsal()).isEqualTo(RehearsalSettings.defaults());
        assertThat(plain.alarms()).isEqualTo(AlarmSettings.defaults());
        assertThat(plain.heartbeat()).isEqualTo(HeartbeatSettings.defaults());
        write("""
                newsletters:
                  ai-weekly:
                    { name: AI, from: a@b.kr, slot: WED 07:00, reviewers: [e@b.kr, c@b.kr], staff: s@b.kr, proof-at: "9:30",
                      staff-copy-before: 20 m, approval: required, holidays: [2026-12-25] }
                relays: { default: { host: 127.0.0.1 }, backup: { host: 127.0.0.2 } }
                rehearsal: { links: false, private-addresses: true }
                alarms: { relay: backup, url: "https://hooks.b.kr/x", timeout: 3 s }
                heartbeat: { url: "https://hc.b.kr/x", timeout: 4 s }
                """);
        Settings full = Settings.load(home, Map.of("ROOSTER_HEARTBEAT_URL", "https://hc.b.kr/y"));
        ReviewSettings review = full.newsletters().get("ai-weekly").review();
        assertThat(review.reviewers()).hasSize(2);
        assertThat(review.staff()).hasSize(1);
        assertThat(review.proofAt()).isEqualTo("09:30");
        assertThat(review.staffBefore()).hasMinutes(20);
        assertThat(review.approval()).isEqualTo(ReviewSettings.Approval.REQUIRED);
        assertThat(review.workingDays().contains(LocalDate.parse("2026-12-25"))).isFalse();
        assertThat(full.rehearsal()).isEqualTo(new RehearsalSettings(false, true));
        assertThat(full.alarms())
                .isEqualTo(new AlarmSettings("backup", URI.create("https://hooks.b.kr/x"), Duration.ofSeconds(3)));
        assertThat(full.heartbeat())
                .isEqualTo(new HeartbeatSettings(URI.create("https://hc.b.kr/y"), Duration.ofSeconds(4)));
    }

    @Test
    void whoUnsubscribedIsKeptForEverUnlessATimeIsSet() throws Exception {
        write(MINIMAL);
        assertThat(Settings.load(home, Map.of()).retention().unsubscribed()).isEmpty();
        write(MINIMAL + "retention: { unsubscribed: off }\n");
        assertThat(Settings.load(home, Map.of()).retention().unsubscribed()).isEmpty();
        write(MINIMAL + "retention: { unsubscribed: 90 d }\n");
        assertThat(Settings.load(home, Map.of()).retention().unsubscribed()).contains(Duration.ofDays(90));
        for (String bad : List.of("13 d", "4000 d", "90", "soon", "90 h")) {
            assertThat(faults(MINIMAL + "retention: { unsubscribed: " + bad + " }\n", Map.of()))
                    .singleElement()
                    .satisfies(fault -> assertThat(fault).contains("retention.unsubscribed", bad, "14 d"));
        }
    }

    @Test
    void whatIsWrongAboutThemIsSaid() throws Exception {
        assertThat(faults(
                        MINIMAL.replace(
                                "slot:",
                                "proof-at: noon, staff-copy-before: 13 h, approval: maybe, holidays: [25.12.2026], slot:"),
                        Map.of()))
                .hasSize(4);
        assertThat(faults(
                        MINIMAL + "alarms: { relay: none, url: ftp://x }\nheartbeat: { url: x, timeout: 2 m }\n",
                        Map.of()))
                .hasSize(4);
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
    void severalRelaysCarryWhatTheirRolesSayInTheirOrder() throws Exception {
        String relays = """
                relays:
                  backup: { host: 127.0.0.1, failover: 1, weight: 5, connections: 200 }
                  main: { host: 127.0.0.1, roles: bulk }
                  office: { host: 127.0.0.1, roles: [notices, test] }
                """;
        String newsletters = "newsletters: { week: { name: A, from: a@b.kr, slot: WED 07:00%s } }\n";
        write(newsletters.formatted("") + relays + "notices: { relay: office }");
        Settings settings = Settings.load(home, Map.of());
        assertThat(settings.traffic().newsletters().get("week").relays()).containsExactly("main", "backup");
        assertThat(settings.newsletters().get("week").relay()).isEqualTo("main");
        assertThat(settings.traffic().relays().get("backup").weight()).isEqualTo(5);
        assertThat(settings.traffic().relays().get("backup").roles()).hasSize(3);
        write(newsletters.formatted(", relay: [backup]") + relays + "notices: { relay: office }");
        assertThat(Settings.load(home, Map.of())
                        .traffic()
                        .newsletters()
                        .get("week")
                        .relays())
                .containsExactly("backup");
        assertThat(faults(
                        newsletters.formatted(", relay: [office, nobody]") + relays.replace("weight: 5", "weight: 0")
                                + "notices: { relay: main }",
                        Map.of()))
                .anySatisfy(fault -> assertThat(fault).contains("newsletters.week.relay", "office", "main, backup"))
                .anySatisfy(fault -> assertThat(fault).contains("newsletters.week.relay", "nobody"))
                .anySatisfy(fault -> assertThat(fault).contains("notices.relay", "main", "office"))
                .anySatisfy(fault -> assertThat(fault).contains("relays.backup.weight", "0", "1–100"))
                .hasSize(4);
    }

    @Test
    void warmUpsAndQuietHoursAreReadAndASlotCannotLieInThem() throws Exception {
        write(MINIMAL.replace("host: 127.0.0.1", "host: 127.0.0.1, warm-up: { from: 2026-12-01 }")
                .replace("slot:", "quiet-hours: 21:00-06:30, warm-up: { from: 2026-12-02, first: 9 }, slot:"));
        TrafficSettings traffic = Settings.load(home, Map.of()).traffic();
        assertThat(traffic.relays().get("default").warmUp())
                .isEqualTo(new WarmUp(LocalDate.parse("2026-12-01"), 500, 1.5));
        assertThat(traffic.newsletters().get("ai-weekly").warmUp().first()).isEqualTo(9);
        assertThat(traffic.newsletters().get("ai-weekly").quiet()).isEqualTo(QuietHours.of("21:00-06:30"));
        assertThat(faults(MINIMAL.replace("slot:", "quiet-hours: 21:00-08:00, slot:"), Map.of()))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("quiet-hours", "21:00-08:00", "07:00"));
        assertThat(faults(
                        MINIMAL.replace("slot:", "quiet-hours: 25:00-26:00, warm-up: { from: soon }, slot:"), Map.of()))
                .anySatisfy(fault -> assertThat(fault).contains("quiet-hours", "25:00-26:00"))
                .anySatisfy(fault -> assertThat(fault).contains("warm-up.from", "soon"))
                .hasSize(2);
    }

    @Test
    void ratesAreReadForRelaysNewslettersAndProviders() throws Exception {
        write(MINIMAL.replace("host: 127.0.0.1", "host: 127.0.0.1, rate: [50/s, 50_000/d]")
                        .replace("slot:", "rate: 600/m, slot:")
                + "provider-rates: { gmail: off, naver: 5/s }");
        TrafficSettings traffic = Settings.load(home, Map.of("ROOSTER_PROVIDER_RATES_YAHOO", "1/s, 100/h"))
                .traffic();
        assertThat(traffic.relays().get("default").rate()).hasToString("[50/s, 50000/d]");
        assertThat(traffic.newsletters().get("ai-weekly").rate()).hasToString("[600/m]");
        assertThat(traffic.providers().get("gmail")).isEmpty();
        assertThat(traffic.providers().get("naver")).hasToString("[5/s]");
        assertThat(traffic.providers().get("yahoo")).hasToString("[1/s, 100/h]");
        assertThat(traffic.providers().get("outlook"))
                .as("shipped")
                .isEqualTo(ShippedRates.byProvider().get("outlook"))
                .isNotEmpty();
        assertThat(faults(MINIMAL + "provider-rates: { gmail: fast, hotmail: 5/s }", Map.of()))
                .anySatisfy(fault -> assertThat(fault).contains("provider-rates.gmail", "fast", "50/s", "off"))
                .anySatisfy(fault -> assertThat(fault).contains("provider-rates.hotmail"))
                .hasSize(2);
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

    @Test
    void whatStopsASendIsReadWithItsDefaultsAndItsRanges() throws Exception {
        write(MINIMAL);
        Settings byDefault = Settings.load(home, Map.of());
        assertThat(byDefault.stops()).isEqualTo(StopSettings.defaults());
        assertThat(byDefault.canary()).isEqualTo(CanarySettings.defaults());
        assertThat(byDefault.deferrals()).isEqualTo(DeferralSettings.defaults());
        assertThat(byDefault.newsletters().get("ai-weekly").pace()).hasMinutes(10);
        write(MINIMAL + """
                delivery: { sender-faults: 7 }
                stops: { hard-percent: 2.5, hard-after: 500, complaints: 4, complaint-percent: 0.2, faults: 30, faults-percent: 6 }
                canary: { percent: 2, min: 100, check: 1 m, stragglers: 5 m }
                deferrals: { percent: 30, min: 20, after: 20 m }
                """);
        Settings settings = Settings.load(home, Map.of());
        assertThat(settings.stops()).isEqualTo(new StopSettings(2.5, 500, 4, 0.2, 7, 30, 6));
        assertThat(settings.canary())
                .isEqualTo(new CanarySettings(2, 100, Duration.ofMinutes(1), Duration.ofMinutes(5)));
        assertThat(settings.deferrals()).isEqualTo(new DeferralSettings(30, 20, Duration.ofMinutes(20)));
        assertThat(faults(MINIMAL + "stops: { hard-percent: 0 }\ncanary: { percent: 60 }\n", Map.of()))
                .anySatisfy(fault -> assertThat(fault).contains("stops.hard-percent", "0.01–100"))
                .anySatisfy(fault -> assertThat(fault).contains("canary.percent", "0.01–50"));
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
