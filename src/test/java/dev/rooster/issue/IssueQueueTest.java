package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.newsletter.Slot;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IssueQueueTest {
    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void issuesTakeTheNextFreeSlotsInTheOrderTheyWereQueued(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.draft("하나");
            IssueId two = weekly.draft("둘");

            assertThat(((QueueOutcome.Queued) weekly.queue(two)).slot())
                    .map(Slot::date)
                    .contains(Weekly.FIRST);
            assertThat(((QueueOutcome.Queued) weekly.queue(one)).slot())
                    .map(Slot::date)
                    .contains(Weekly.SECOND);
            assertThat(weekly.state(one)).isEqualTo(IssueState.QUEUED);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aNamedSlotIsKeptAndTheOthersGoAroundIt(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId named = weekly.draft("송년호");
            weekly.queue(named, Weekly.SECOND);
            IssueId one = weekly.queued("하나");
            IssueId two = weekly.queued("둘");

            assertThat(weekly.slotOf(one)).contains(Weekly.FIRST);
            assertThat(weekly.slotOf(named)).contains(Weekly.SECOND);
            assertThat(weekly.slotOf(two)).contains(Weekly.THIRD);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aSlotThatCannotBeNamedIsRefusedWithTheFreeOnes(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.draft("하나");
            weekly.queue(weekly.draft("둘"), Weekly.SECOND);
            weekly.queue.skip(weekly.newsletter, Weekly.THIRD);

            assertThat(weekly.queue(one, LocalDate.parse("2026-12-03")))
                    .isInstanceOfSatisfying(QueueOutcome.Refused.class, refused -> {
                        assertThat(refused.problem()).isEqualTo(QueueOutcome.Problem.NO_SLOT);
                        assertThat(refused.free())
                                .extracting(Slot::date)
                                .containsExactly(
                                        Weekly.FIRST, LocalDate.parse("2026-12-16"), LocalDate.parse("2026-12-23"));
                    });
            assertThat(problem(weekly.queue(one, Weekly.SECOND))).isEqualTo(QueueOutcome.Problem.SLOT_TAKEN);
            assertThat(problem(weekly.queue(one, Weekly.THIRD))).isEqualTo(QueueOutcome.Problem.SLOT_SKIPPED);
            assertThat(problem(weekly.queue(one, LocalDate.parse("2026-11-18"))))
                    .isEqualTo(QueueOutcome.Problem.SLOT_OVER);
            assertThat(problem(weekly.queue(new IssueId(999)))).isEqualTo(QueueOutcome.Problem.NO_ISSUE);
            assertThat(weekly.state(one)).isEqualTo(IssueState.DRAFT);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void twoIssuesInOneWeekNeedASlotMadeOnPurpose(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.queued("하나");
            IssueId extra = weekly.draft("호외");
            LocalDate friday = LocalDate.parse("2026-11-27");

            QueueOutcome outcome = weekly.queue.queue(weekly.newsletter, extra, Optional.of(friday), true);

            assertThat(((QueueOutcome.Queued) outcome).slot()).map(Slot::date).contains(friday);
            assertThat(weekly.slotOf(one)).contains(Weekly.FIRST);
            assertThat(weekly.runAt("2026-11-24T22:00:00Z"))
                    .extracting(SlotResult::state)
                    .containsExactly(SlotState.STARTED);
            assertThat(weekly.runAt("2026-11-26T22:00:00Z"))
                    .extracting(SlotResult::state)
                    .containsExactly(SlotState.STARTED);
            assertThat(weekly.started).containsExactly(one, extra);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void queueingAgainMovesAnIssueAndUnqueueingMakesItADraft(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.queued("하나");
            IssueId two = weekly.queued("둘");

            weekly.queue(one, Weekly.THIRD);
            assertThat(weekly.slotOf(one)).contains(Weekly.THIRD);
            assertThat(weekly.slotOf(two)).contains(Weekly.FIRST);

            assertThat(weekly.queue.unqueue(weekly.newsletter, one)).isInstanceOf(QueueOutcome.Unqueued.class);
            assertThat(weekly.state(one)).isEqualTo(IssueState.DRAFT);
            assertThat(problem(weekly.queue.unqueue(weekly.newsletter, one)))
                    .isEqualTo(QueueOutcome.Problem.NOT_QUEUED);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aSkippedSlotPassesItsIssueOnAndAMovedOneTakesItAlong(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.draft("하나");
            weekly.queue(one, Weekly.FIRST);

            assertThat(weekly.queue.skip(weekly.newsletter, Weekly.FIRST))
                    .isEqualTo(new SlotOutcome.Changed(Optional.of(one)));
            assertThat(weekly.slotOf(one)).contains(Weekly.SECOND);
            assertThat(weekly.queue.skip(weekly.newsletter, Weekly.FIRST))
                    .isEqualTo(new SlotOutcome.Refused(Weekly.FIRST, SlotOutcome.Problem.ALREADY_SKIPPED));

            weekly.queue(one, Weekly.SECOND);
            LocalDate tuesday = LocalDate.parse("2026-12-01");
            assertThat(weekly.queue.move(weekly.newsletter, Weekly.SECOND, tuesday))
                    .isEqualTo(new SlotOutcome.Changed(Optional.of(one)));
            assertThat(weekly.slotOf(one)).contains(tuesday);
            assertThat(weekly.queue.move(weekly.newsletter, tuesday, Weekly.THIRD))
                    .isEqualTo(new SlotOutcome.Refused(Weekly.THIRD, SlotOutcome.Problem.TAKEN));
            assertThat(weekly.queue.move(weekly.newsletter, Weekly.THIRD, LocalDate.parse("2026-11-20")))
                    .isEqualTo(new SlotOutcome.Refused(LocalDate.parse("2026-11-20"), SlotOutcome.Problem.PAST));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aFrozenIssueIsNotQueuedAgain(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.queued("하나");
            weekly.database
                    .jdbi()
                    .useTransaction(handle -> assertThat(weekly.queue.take(handle, weekly.newsletter, one))
                            .isTrue());

            assertThat(problem(weekly.queue(one))).isEqualTo(QueueOutcome.Problem.FROZEN);
            assertThat(weekly.slotOf(one)).isEmpty();
            weekly.database
                    .jdbi()
                    .useTransaction(handle -> assertThat(weekly.queue.take(handle, weekly.newsletter, one))
                            .isFalse());
        }
    }

    private static QueueOutcome.Problem problem(QueueOutcome outcome) {
        return ((QueueOutcome.Refused) outcome).problem();
    }
}
