package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunDueSlotsTest {
    private static final String WEDNESDAY_SEVEN = "2026-11-24T22:00:00Z";

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aSlotFiresOnceAtItsTimeAndNeverAgain(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.queued("하나");
            IssueId two = weekly.queued("둘");

            assertThat(weekly.runAt("2026-11-24T21:59:59Z")).isEmpty();
            assertThat(weekly.runAt(WEDNESDAY_SEVEN))
                    .extracting(SlotResult::state, result -> result.issue().orElseThrow())
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(SlotState.STARTED, one));
            assertThat(weekly.runAt(WEDNESDAY_SEVEN)).isEmpty();
            assertThat(weekly.runAt("2026-11-24T22:30:00Z")).isEmpty();
            assertThat(weekly.state(one)).isEqualTo(IssueState.SENDING);
            assertThat(weekly.state(two)).isEqualTo(IssueState.QUEUED);
            assertThat(weekly.started).containsExactly(one);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void manyNodesAtOnceStartOneIssue(Databases.Kind kind) throws Exception {
        try (Weekly weekly = new Weekly(kind)) {
            weekly.queued("하나");
            weekly.queued("둘");
            weekly.clock.set(java.time.Instant.parse(WEDNESDAY_SEVEN));
            ExecutorService nodes = Executors.newFixedThreadPool(4);
            List<Future<List<SlotResult>>> runs = new ArrayList<>();
            for (int node = 0; node < 4; node++) {
                runs.add(nodes.submit(() -> weekly.due.run(List.of(weekly.newsletter))));
            }
            int results = 0;
            for (Future<List<SlotResult>> run : runs) {
                results += run.get().size();
            }
            nodes.shutdown();

            assertThat(results).isEqualTo(1);
            assertThat(weekly.started).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aSlotMissedByLessThanTheCatchUpTimeIsSentLate(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.queued("하나");
            assertThat(weekly.runAt("2026-11-25T00:59:59Z"))
                    .extracting(SlotResult::state)
                    .containsExactly(SlotState.STARTED);
            assertThat(weekly.started).containsExactly(one);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aSlotMissedByMoreIsHeldAndItsIssueWaitsForAnAnswer(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.queued("하나");
            IssueId two = weekly.queued("둘");

            assertThat(weekly.runAt("2026-11-25T01:00:00Z"))
                    .extracting(SlotResult::state)
                    .containsExactly(SlotState.HELD);
            assertThat(weekly.started).isEmpty();
            assertThat(weekly.queue.plan(weekly.newsletter).waiting()).containsExactly(one);
            assertThat(weekly.slotOf(two)).contains(Weekly.SECOND);
            assertThat(weekly.runAt("2026-12-01T22:00:00Z"))
                    .extracting(SlotResult::issue)
                    .containsExactly(java.util.Optional.of(two));

            weekly.queue(one);
            assertThat(weekly.slotOf(one)).contains(Weekly.THIRD);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anIssueQueuedAfterAMissedSlotWaitsForTheNext(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            weekly.clock.set(java.time.Instant.parse("2026-11-24T23:00:00Z"));
            IssueId late = weekly.queued("늦게");

            assertThat(weekly.runAt("2026-11-24T23:05:00Z"))
                    .extracting(SlotResult::state)
                    .containsExactly(SlotState.EMPTY);
            assertThat(weekly.slotOf(late)).contains(Weekly.SECOND);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anEmptyQueueIsNotedOnceAndSaidSo(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            assertThat(weekly.runAt(WEDNESDAY_SEVEN))
                    .extracting(SlotResult::state)
                    .containsExactly(SlotState.EMPTY);
            assertThat(weekly.runAt("2026-11-24T22:01:00Z")).isEmpty();
            assertThat(weekly.queue.history(weekly.newsletter))
                    .extracting(SlotRow::state)
                    .containsExactly(SlotState.EMPTY);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aSkippedSlotStaysSilentAndAMovedOneFiresWhereItWasMoved(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.queued("하나");
            weekly.queue.move(weekly.newsletter, Weekly.FIRST, Weekly.FIRST.plusDays(1));
            weekly.queue.skip(weekly.newsletter, Weekly.SECOND);

            assertThat(weekly.runAt(WEDNESDAY_SEVEN)).isEmpty();
            assertThat(weekly.runAt("2026-11-25T22:00:00Z"))
                    .extracting(SlotResult::state)
                    .containsExactly(SlotState.STARTED);
            assertThat(weekly.started).containsExactly(one);
            assertThat(weekly.runAt("2026-12-01T22:00:00Z")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aRefusedStartHoldsTheSlotWithItsReason(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.queued("하나");
            weekly.refusal = "전화번호가 없습니다";

            assertThat(weekly.runAt(WEDNESDAY_SEVEN))
                    .extracting(SlotResult::state, SlotResult::note)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(SlotState.HELD, "전화번호가 없습니다"));
            assertThat(weekly.state(one)).isEqualTo(IssueState.QUEUED);
            assertThat(weekly.runAt("2026-11-24T22:01:00Z")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aCopiedDatabaseStartsNothingUntilItIsAnswered(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            weekly.queued("하나");
            weekly.hold(true);
            assertThat(weekly.runAt(WEDNESDAY_SEVEN)).isEmpty();
            weekly.hold(false);
            assertThat(weekly.runAt(WEDNESDAY_SEVEN)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void slotsBeforeTheNewsletterWasThereAreNobodys(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            assertThat(weekly.runAt("2026-11-24T04:00:00Z")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void afterALongOutageOldSlotsAreAnsweredOnceAndOnlyTheFirstHoldsTheIssue(Databases.Kind kind) {
        try (Weekly weekly = new Weekly(kind)) {
            IssueId one = weekly.queued("하나");
            assertThat(weekly.runAt("2026-12-10T00:00:00Z"))
                    .extracting(SlotResult::state)
                    .containsExactly(SlotState.HELD, SlotState.EMPTY, SlotState.EMPTY);
            assertThat(weekly.state(one)).isEqualTo(IssueState.QUEUED);
        }
    }
}
