package dev.rooster.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.EditionState;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsDesk;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.SlotResult;
import dev.rooster.issue.SlotState;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.ReviewSettings;
import dev.rooster.token.AddressHash;
import dev.rooster.token.Purpose;
import dev.rooster.token.Token;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReviewIssueTest {
    private static final String SLOT_TIME = "2026-12-02T07:00:00";

    private static Optional<ReviewCase> open(NewsDesk desk, IssueId issue, Purpose purpose, EmailAddress who) {
        PastMoment proof = desk.database
                .jdbi()
                .withHandle(handle -> new IssueReviews().moments(handle, issue))
                .get(0);
        long person = AddressHash.publicId(desk.keys.addressHash().of(who.key()));
        return desk.reviews.open(new Token(purpose, desk.newsletter.publicId(), proof.publicId(), person));
    }

    private static ReviewCase approving(NewsDesk desk, IssueId issue) {
        return open(desk, issue, Purpose.APPROVE, NewsDesk.EDITOR).orElseThrow();
    }

    private static ReviewCase holding(NewsDesk desk, IssueId issue) {
        return open(desk, issue, Purpose.HOLD, NewsDesk.CHIEF).orElseThrow();
    }

    /** An issue whose proof is out. */
    private static IssueId proofed(NewsDesk desk) {
        IssueId issue = desk.queued("하나");
        desk.at("2026-12-01T10:00:00").runMoments();
        return issue;
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aHoldKeepsTheSlotFromStartingUntilSomebodyApproves(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(kind)) {
            IssueId issue = proofed(desk);
            assertThat(desk.reviews.hold(holding(desk, issue), "2번 기사 확인 중")).isEqualTo(ReviewOutcome.HELD);
            assertThat(desk.outbox()).anySatisfy(notice -> assertThat(notice).startsWith("alarm desk@kkok.kr issue"));

            SlotResult result = desk.at(SLOT_TIME).runSlots().get(0);
            assertThat(result.state()).isEqualTo(SlotState.HELD);
            assertThat(result.note()).contains("chief@kkok.kr", "2번 기사 확인 중");
            assertThat(desk.editions.find(issue)).isEmpty();

            desk.at("2026-12-02T08:00:00");
            assertThat(desk.reviews.approve(approving(desk, issue), "")).isEqualTo(ReviewOutcome.STARTED);
            assertThat(desk.editions.find(issue).orElseThrow().slotDate()).isEqualTo("2026-12-02");
            assertThat(desk.queue.history(desk.newsletter).get(0).state()).isEqualTo(SlotState.STARTED);
            assertThat(desk.runSlots()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aHoldLiftedBeforeTheSlotChangesNothing(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(kind)) {
            IssueId issue = proofed(desk);
            desk.reviews.hold(holding(desk, issue), "");
            assertThat(desk.reviews.release(desk.newsletter, issue)).contains(ReviewOutcome.APPROVED);
            assertThat(desk.reviews.release(desk.newsletter, issue)).isEmpty();
            assertThat(desk.at(SLOT_TIME).runSlots().get(0).state()).isEqualTo(SlotState.STARTED);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anApprovalThatComesTooLateLeavesTheSendToAnOperator(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(kind)) {
            IssueId issue = proofed(desk);
            desk.reviews.hold(holding(desk, issue), "");
            desk.at(SLOT_TIME).runSlots();
            desk.at("2026-12-02T10:00:00");
            assertThat(desk.reviews.approve(approving(desk, issue), "")).isEqualTo(ReviewOutcome.TOO_LATE);
            assertThat(desk.editions.find(issue)).isEmpty();
            assertThat(desk.reviews.release(desk.newsletter, issue)).contains(ReviewOutcome.STARTED);
            assertThat(desk.editions.find(issue)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aHoldStopsASendThatHasBegunAndAnApprovalLetsItGoOn(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(kind)) {
            IssueId issue = proofed(desk);
            desk.at(SLOT_TIME).runSlots();
            assertThat(desk.reviews.hold(holding(desk, issue), "오타")).isEqualTo(ReviewOutcome.PAUSED);
            var paused = desk.editions.find(issue).orElseThrow();
            assertThat(paused.state()).isEqualTo(EditionState.PAUSED);
            assertThat(paused.stateReason()).isEqualTo("reviewer: chief@kkok.kr: 오타");
            assertThat(desk.outbox()).anySatisfy(notice -> assertThat(notice).contains("alarm", "paused"));
            assertThat(desk.reviews.approve(approving(desk, issue), "")).isEqualTo(ReviewOutcome.RESUMED);
            assertThat(desk.editions.find(issue).orElseThrow().state()).isEqualTo(EditionState.SENDING);
        }
    }

    @Test
    void anApprovalLiftsNoPauseOfAnybodyElse() {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            IssueId issue = proofed(desk);
            desk.at(SLOT_TIME).runSlots();
            desk.editions.pause(issue, "a typo");
            desk.reviews.hold(holding(desk, issue), "");
            assertThat(desk.reviews.approve(approving(desk, issue), "")).isEqualTo(ReviewOutcome.APPROVED);
            assertThat(desk.editions.find(issue).orElseThrow().state()).isEqualTo(EditionState.PAUSED);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whereAnApprovalIsRequiredTheSlotWaitsForOneAboutTheTextAsItIs(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(Databases.open(kind), ReviewSettings.Approval.REQUIRED)) {
            IssueId issue = proofed(desk);
            desk.reviews.approve(approving(desk, issue), "");
            desk.rewrite(issue, "다른 글");
            assertThat(desk.at(SLOT_TIME).runSlots().get(0).state()).isEqualTo(SlotState.HELD);
            assertThat(desk.reviews.approve(approving(desk, issue), "")).isEqualTo(ReviewOutcome.STARTED);
        }
    }

    @Test
    void anApprovalIsAboutTheTextThatWasShown() {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            IssueId issue = proofed(desk);
            ReviewCase shown = approving(desk, issue);
            desk.rewrite(issue, "다른 글");
            assertThat(desk.reviews.approve(shown, shown.textHash())).isEqualTo(ReviewOutcome.CHANGED);
            assertThat(approving(desk, issue).standing().approved()).isFalse();
            assertThat(approving(desk, issue).changedSinceCopy()).isTrue();
        }
    }

    @Test
    void aLinkIsForOnePersonOfTheListsAndOverWithItsIssue() {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            IssueId issue = proofed(desk);
            assertThat(open(desk, issue, Purpose.APPROVE, EmailAddress.of("stranger@kkok.kr")))
                    .isEmpty();
            assertThat(open(desk, issue, Purpose.UNSUBSCRIBE, NewsDesk.EDITOR)).isEmpty();
            desk.at(SLOT_TIME).runSlots();
            desk.editions.cancel(issue);
            assertThat(approving(desk, issue).over()).isTrue();
            assertThat(desk.reviews.hold(holding(desk, issue), "")).isEqualTo(ReviewOutcome.OVER);
            assertThat(decisions(desk, issue)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whoeverPressesOnAndOnFillsNeitherTheTableNorTheMailboxes(Databases.Kind kind) {
        try (NewsDesk desk = new NewsDesk(kind)) {
            IssueId issue = proofed(desk);
            int before = desk.outbox().size();
            for (int press = 0; press < 5; press++) {
                assertThat(desk.reviews.hold(holding(desk, issue), press == 2 ? "오타" : ""))
                        .isEqualTo(ReviewOutcome.HELD);
            }
            assertThat(decisions(desk, issue)).extracting(ReviewDecision::note).containsExactly("", "오타");
            assertThat(desk.outbox()).hasSize(before + 2);
            for (int press = 0; press < 5; press++) {
                assertThat(desk.reviews.approve(approving(desk, issue), "")).isEqualTo(ReviewOutcome.APPROVED);
            }
            assertThat(decisions(desk, issue)).hasSize(3);
            desk.reviews.hold(holding(desk, issue), "");
            desk.rewrite(issue, "다른 글");
            desk.reviews.approve(approving(desk, issue), "");
            assertThat(decisions(desk, issue))
                    .as("a hold after an approval is new")
                    .hasSize(5);
            desk.at(SLOT_TIME).runSlots();
            for (int press = 0; press < 3; press++) {
                assertThat(desk.reviews.hold(holding(desk, issue), "")).isEqualTo(ReviewOutcome.PAUSED);
            }
            assertThat(decisions(desk, issue)).hasSize(6);
        }
    }

    private static List<ReviewDecision> decisions(NewsDesk desk, IssueId issue) {
        return desk.database.jdbi().withHandle(handle -> new IssueReviews().decisions(handle, issue));
    }
}
