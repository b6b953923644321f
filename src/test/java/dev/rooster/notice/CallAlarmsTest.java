package dev.rooster.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsDesk;
import dev.rooster.newsletter.ReviewSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallAlarmsTest {
    private final List<String> told = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private boolean open = true;

    private boolean tell(String newsletter, String subject, String body, java.time.Instant at) {
        if (open) {
            told.add(newsletter + ": " + subject);
            bodies.add(body);
        }
        return open;
    }

    private int enqueue(NewsDesk desk, NoticeKind kind, String cause, boolean call) {
        Notices notices = new Notices(
                desk.keys.addressHash(),
                NoticeSettings.defaults(),
                desk.database.dialect(),
                desk.clock,
                new SecureRandom(),
                call);
        return desk.database
                .jdbi()
                .inTransaction(handle -> notices.enqueueForOperators(
                        kind,
                        desk.newsletter,
                        cause,
                        Map.of("subject", cause, "body", "kim@naver.example.com wrote"),
                        handle));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anAlarmIsCalledOnceBesidesItsMailAndOnlyAnAlarm(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(Databases.open(kind), ReviewSettings.Approval.OPTIONAL)) {
            CallAlarms calls = new CallAlarms(desk.database, desk.newsletters, this::tell);
            assertThat(enqueue(desk, NoticeKind.ALARM, "late", true)).isEqualTo(2);
            assertThat(enqueue(desk, NoticeKind.ALARM, "late", true)).isZero();
            assertThat(enqueue(desk, NoticeKind.REPORT, "finished", true)).isEqualTo(1);
            assertThat(enqueue(desk, NoticeKind.ALARM, "quiet", false)).isEqualTo(1);
            assertThat(calls.runDue(desk.clock.instant())).isEqualTo(1);
            assertThat(calls.runDue(desk.clock.instant())).isZero();
            assertThat(told).containsExactly("AI 주간 브리핑: late");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theOtherRoadHearsNoWholeAddress(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(Databases.open(kind), ReviewSettings.Approval.OPTIONAL)) {
            CallAlarms calls = new CallAlarms(desk.database, desk.newsletters, this::tell);
            enqueue(desk, NoticeKind.ALARM, "of lee@naver.example.com", true);
            calls.runDue(desk.clock.instant());
            assertThat(told).singleElement().asString().doesNotContain("lee@");
            assertThat(bodies).singleElement().asString().contains("wrote").doesNotContain("kim@");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anAddressThatIsShutIsTriedAgainForADay(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(Databases.open(kind), ReviewSettings.Approval.OPTIONAL)) {
            CallAlarms calls = new CallAlarms(desk.database, desk.newsletters, this::tell);
            enqueue(desk, NoticeKind.ALARM, "one", true);
            open = false;
            assertThat(calls.runDue(desk.clock.instant())).isZero();
            open = true;
            assertThat(calls.runDue(desk.clock.instant())).isZero();
            desk.clock.advance(Duration.ofMinutes(1));
            assertThat(calls.runDue(desk.clock.instant())).isEqualTo(1);

            enqueue(desk, NoticeKind.ALARM, "two", true);
            desk.clock.advance(Duration.ofHours(25));
            assertThat(calls.runDue(desk.clock.instant())).isZero();
            assertThat(told).hasSize(1);
        }
    }
}
