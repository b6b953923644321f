package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.config.Settings;
import dev.rooster.notice.NoticeKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeRelaysTest {
    private static final String SEVERAL = """
            newsletters: { ai-weekly: { name: AI, from: a@b.kr, slot: WED 07:00, relay: [second, first] } }
            relays:
              first: { host: 127.0.0.1, roles: [bulk], failover: 1 }
              second: { host: 127.0.0.1, roles: [bulk] }
              third: { host: 127.0.0.1, roles: [bulk] }
              office: { host: 127.0.0.1, roles: [test, notices], failover: 2 }
              letters: { host: 127.0.0.1, roles: [notices] }
              siren: { host: 127.0.0.1, roles: [notices], failover: 3 }
              bench: { host: 127.0.0.1, roles: [test] }
            notices: { relay: office }
            alarms: { relay: siren }
            """;

    @TempDir
    Path home;

    @Test
    void anAlarmGoesByItsOwnThenByThoseOfNoticesOfTestsAndAtLastOfIssues() throws Exception {
        assertThat(of(NoticeKind.ALARM, SEVERAL))
                .startsWith("siren", "office", "letters", "bench")
                .endsWith("first")
                .contains("second", "third")
                .hasSize(7);
    }

    @Test
    void anOperatorsNoticeLeavesNoRelayUntried() throws Exception {
        assertThat(of(NoticeKind.REMINDER, SEVERAL))
                .startsWith("office", "letters", "siren", "bench")
                .endsWith("first")
                .hasSize(7);
        assertThat(of(NoticeKind.REPORT, SEVERAL)).hasSize(7);
    }

    @Test
    void aReadersNoticeNeverTakesTheWayOfIssues() throws Exception {
        assertThat(of(NoticeKind.CONFIRMATION, SEVERAL)).containsExactly("office", "letters", "siren");
    }

    @Test
    void aCopyTakesItsReadersWayFirst() throws Exception {
        assertThat(of(NoticeKind.PROOF, SEVERAL)).containsExactly("second", "first", "bench", "office");
    }

    @ParameterizedTest
    @EnumSource(NoticeKind.class)
    void theOnlyRelayCarriesEverything(NoticeKind kind) throws Exception {
        assertThat(of(kind, """
                        newsletters: { ai-weekly: { name: AI, from: a@b.kr, slot: WED 07:00 } }
                        relays: { default: { host: 127.0.0.1 } }
                        """)).containsExactly("default");
    }

    private List<String> of(NoticeKind kind, String settings) throws Exception {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve(Settings.FILE), settings);
        return NoticeRelays.of(kind, Settings.load(home, Map.of()), "ai-weekly");
    }
}
