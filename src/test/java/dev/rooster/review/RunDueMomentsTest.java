package dev.rooster.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsDesk;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.SlotResult;
import dev.rooster.issue.SlotState;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunDueMomentsTest {
    private static final String PROOF_TIME = "2026-12-01T10:00:00";
    private static final String STAFF_TIME = "2026-12-02T06:50:00";
    private static final String SLOT_TIME = "2026-12-02T07:00:00";

    private static MimeMessage mail(NewsDesk desk, int number) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(desk.relay.taken.get(number).getBytes(StandardCharsets.US_ASCII)));
    }

    private static List<PastMoment> moments(NewsDesk desk, IssueId issue) {
        return desk.database.jdbi().withHandle(handle -> new IssueReviews().moments(handle, issue));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void eachMomentGoesOutOnceAtItsTime(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(kind)) {
            IssueId issue = desk.queued("하나");
            assertThat(desk.at("2026-12-01T09:59:59").runMoments()).isZero();
            assertThat(desk.at(PROOF_TIME).runMoments()).isEqualTo(2);
            assertThat(desk.at("2026-12-01T10:01:00").runMoments()).isZero();
            assertThat(desk.at("2026-12-02T06:49:59").runMoments()).isZero();
            assertThat(desk.at(STAFF_TIME).runMoments()).isEqualTo(1);
            assertThat(desk.at("2026-12-02T06:51:00").runMoments()).isZero();
            assertThat(desk.at(SLOT_TIME).runMoments()).isZero();
            assertThat(desk.outbox())
                    .containsExactly(
                            "proof editor@kkok.kr proof 2026-12-02 issue " + issue,
                            "proof chief@kkok.kr proof 2026-12-02 issue " + issue,
                            "staff-copy intern@kkok.kr staff 2026-12-02 issue " + issue);
            assertThat(desk.runSlots()).extracting(SlotResult::state).containsExactly(SlotState.STARTED);
            assertThat(moments(desk, issue)).extracting(PastMoment::sent).containsExactly(true, true);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatWasMissedGoesOutLateAsLongAsTheReadersWait(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(kind)) {
            desk.queued("하나");
            assertThat(desk.at("2026-12-02T06:59:59").runMoments()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatWasMissedForGoodIsSaidSo(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(kind)) {
            IssueId issue = desk.queued("하나");
            desk.at(PROOF_TIME).runMoments();
            assertThat(desk.at("2026-12-02T07:30:00").runMoments()).isZero();
            desk.runSlots();
            assertThat(moments(desk, issue))
                    .extracting(PastMoment::moment, PastMoment::sent)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(Moment.PROOF, true),
                            org.assertj.core.groups.Tuple.tuple(Moment.STAFF, false));
            assertThat(desk.runMoments()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void manyNodesAtOnceSendOneProof(Databases.Kind kind) throws Exception {
        try (NewsDesk desk = new NewsDesk(kind)) {
            desk.queued("하나");
            desk.at(PROOF_TIME);
            ExecutorService nodes = Executors.newFixedThreadPool(4);
            List<Future<Integer>> runs = new ArrayList<>();
            for (int node = 0; node < 4; node++) {
                runs.add(nodes.submit(desk::runMoments));
            }
            int mails = 0;
            for (Future<Integer> run : runs) {
                mails += run.get();
            }
            nodes.shutdown();
            assertThat(mails).isEqualTo(2);
            assertThat(desk.outbox()).hasSize(2);
        }
    }

    @Test
    void anotherIssueThatTakesTheSlotHasAProofOfItsOwn() {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            IssueId first = desk.queued("하나");
            desk.at(PROOF_TIME).runMoments();
            desk.queue.unqueue(desk.newsletter, first);
            desk.queued("둘");
            assertThat(desk.at("2026-12-01T15:00:00").runMoments()).isEqualTo(2);
            assertThat(desk.sendNotices()).isEqualTo(2);
            assertThat(desk.relay.taken).hasSize(2);
        }
    }

    @Test
    void aHeldInstallationSendsNoProof() {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            desk.queued("하나");
            desk.database
                    .jdbi()
                    .useHandle(
                            handle -> handle.execute("update installation set held = true, held_reason = 'restored'"));
            assertThat(desk.at(PROOF_TIME).runMoments()).isZero();
        }
    }

    @Test
    void anIssueThatCantBeRenderedAlarmsOnceAndHasItsProofWhenItIsMended() {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            IssueId issue = desk.queued("하나");
            desk.database
                    .jdbi()
                    .useHandle(handle -> handle.execute("update issue set source = ? where id = ?", "", issue.value()));
            assertThat(desk.at(PROOF_TIME).runMoments()).isEqualTo(1);
            assertThat(desk.at("2026-12-01T10:01:00").runMoments()).isZero();
            assertThat(desk.outbox()).containsExactly("alarm desk@kkok.kr slot 2026-12-02 proof issue " + issue);
            desk.rewrite(issue, "고친 글");
            assertThat(desk.at("2026-12-01T11:00:00").runMoments()).isEqualTo(2);
        }
    }

    @Test
    void aProofIsTheIssueWithAMarkedSubjectAndTwoLinksAbove() throws Exception {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            desk.queued("하나");
            desk.at(PROOF_TIME).runMoments();
            assertThat(desk.sendNotices()).isEqualTo(2);
            MimeMessage proof = mail(desk, 0);
            assertThat(proof.getSubject()).isEqualTo("[교정] 하나");
            assertThat(proof.getHeader("List-Unsubscribe")).isNotNull();
            MimeMultipart parts = (MimeMultipart) proof.getContent();
            String text = (String) parts.getBodyPart(0).getContent();
            String html = (String) parts.getBodyPart(1).getContent();
            assertThat(text).contains("12월 2일(수) 07:00", "http://localhost:8080/a/", "첫 문장입니다.");
            assertThat(html).contains("첫 문장입니다.", "http://localhost:8080/a/");
            assertThat(html.indexOf("교정본입니다")).isBetween(html.indexOf("<body"), html.indexOf("첫 문장입니다."));
        }
    }

    @Test
    void aCopyThatComesAfterItsReadersIsNotSent() {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            desk.queued("하나");
            desk.at(STAFF_TIME).runMoments();
            desk.at(SLOT_TIME).runSlots();
            assertThat(desk.sendNotices()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatTheRehearsalFoundStandsAboveTheProofAndWhatWouldStopIsAnAlarm(Databases.Kind kind) throws Exception {
        try (NewsDesk desk = new NewsDesk(kind)) {
            IssueId issue = desk.queued("하나");
            desk.rehearsal = new Rehearsal(List.of(
                    new Rehearsal.Finding(Rehearsal.Severity.GOOD, "링크 3개가 열립니다.", ""),
                    new Rehearsal.Finding(Rehearsal.Severity.STOPS, "릴레이가 로그인을 거부합니다.", "비밀번호를 확인하세요.")));
            assertThat(desk.at(PROOF_TIME).runMoments()).isEqualTo(3);
            assertThat(desk.at("2026-12-01T10:01:00").runMoments()).isZero();
            assertThat(desk.outbox()).contains("alarm desk@kkok.kr slot 2026-12-02 rehearsal issue " + issue);
            assertThat(desk.database
                            .jdbi()
                            .<Rehearsal, RuntimeException>withHandle(
                                    handle -> new IssueReviews().rehearsal(handle, issue)))
                    .isEqualTo(desk.rehearsal);
            desk.sendNotices();
            MimeMessage proof = mail(desk, 0);
            String text =
                    (String) ((MimeMultipart) proof.getContent()).getBodyPart(0).getContent();
            assertThat(text).contains("✓ 링크 3개가 열립니다.", "✗ 릴레이가 로그인을 거부합니다.", "→ 비밀번호를 확인하세요.");
        }
    }
}
