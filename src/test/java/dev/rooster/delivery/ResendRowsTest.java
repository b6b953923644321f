package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.issue.IssueId;
import dev.rooster.mail.SmtpReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chosen final states are sent again, on real databases. */
class ResendRowsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<DeliveryState> REFUSED = EnumSet.of(DeliveryState.REJECTED, DeliveryState.EXPIRED);

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static EditionState state(Press press, IssueId issue) {
        return press.editions.find(issue).orElseThrow().state();
    }

    /** 20 readers: 1–8 accepted, 9–14 refused, 15 and 16 left out as unsubscribed, 17–20 lost twice after the dot. */
    private static Edition finished(Press press, IssueId issue) {
        for (int i = 1; i <= 20; i++) {
            press.subscriber("reader" + i + "@press.test", null, "active");
        }
        Edition edition = ((StartOutcome.Started)
                        press.editions.start(press.newsletter, issue, Duration.ZERO, seen -> {}))
                .edition();
        press.database.jdbi().useHandle(handle -> handle.execute("""
                update delivery set state = case when seq <= 8 then 'accepted' when seq <= 14 then 'rejected'
                    when seq <= 16 then 'skipped' else 'uncertain' end,
                  reason = case when seq between 9 and 14 then 'refused' when seq in (15, 16) then 'unsubscribed' end,
                  reply_code = case when seq between 9 and 14 then 550 end, attempts = 1,
                  uncertain_count = case when seq > 16 then 2 else 0 end
                """));
        Ledger ledger = new JdbiLedger(press.database, "x", () -> 1, java.util.List.of(), press.jdbiEditions);
        assertThat(ledger.finish(edition.id(), press.clock.instant())).isInstanceOf(FinishCheck.Finished.class);
        return press.editions.find(issue).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void refusedOnesAreSentAgainAndTheIssueIsFinishedAgainWithSumsThatAgree(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            IssueId issue = press.issue();
            Edition before = finished(press, issue);
            press.suppress("reader9@press.test");
            ResendOutcome.Resent would =
                    (ResendOutcome.Resent) press.resending().check(issue, REFUSED);
            assertThat(would.rows()).isEqualTo(new ResendOutcome.Rows(Map.of(DeliveryState.REJECTED, 5L), 1));
            assertThat(state(press, issue)).isEqualTo(EditionState.FINISHED);

            ResendOutcome.Resent resent =
                    (ResendOutcome.Resent) press.resending().resend(press.newsletter, issue, REFUSED);
            assertThat(resent.rows()).isEqualTo(would.rows());
            assertThat(resent.edition().state()).isEqualTo(EditionState.SENDING);
            assertThat(resent.edition().finishedAt()).isNull();
            assertThat(resent.edition().expiresAt()).isAfterOrEqualTo(before.expiresAt());
            press.relay.bodies = envelope -> envelope.rcpt().text().startsWith("reader10@")
                    ? new SmtpReply(550, "5.1.1", "no such user")
                    : InMemoryRelay.OK;
            DeliveryEngine engine = press.engine("a");
            engine.start();
            try {
                await(() -> state(press, issue) == EditionState.FINISHED);
            } finally {
                engine.stop();
            }
            EditionCounts counts = press.editions.counts(before.id());
            Edition after = press.editions.find(issue).orElseThrow();
            assertThat(counts.agreesWith(after)).isTrue();
            assertThat(counts.unfinished()).isZero();
            assertThat(counts.of(DeliveryState.ACCEPTED)).isEqualTo(12);
            assertThat(counts.of(DeliveryState.REJECTED))
                    .as("one again, one suppressed")
                    .isEqualTo(2);
            assertThat(counts.of(DeliveryState.UNCERTAIN)).isEqualTo(4);
            assertThat(press.relay.taken.keySet())
                    .containsExactlyInAnyOrder(
                            "reader11@press.test", "reader12@press.test", "reader13@press.test", "reader14@press.test");
            assertThat(press.heard).containsExactly("finished", "finished");
            assertThat(issueState(press, issue)).isEqualTo("sent");
        }
    }

    private static String issueState(Press press, IssueId issue) {
        return press.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select state from issue where id = :id")
                        .bind("id", issue.value())
                        .mapTo(String.class)
                        .one());
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whoLeavesBetweenTheChoiceAndTheirTurnIsNotMailed(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            IssueId issue = press.issue();
            Edition edition = finished(press, issue);
            Set<DeliveryState> all = EnumSet.copyOf(ResendRows.STATES);
            ResendOutcome.Resent resent =
                    (ResendOutcome.Resent) press.resending().resend(press.newsletter, issue, all);
            assertThat(resent.rows().again())
                    .isEqualTo(
                            Map.of(DeliveryState.REJECTED, 6L, DeliveryState.SKIPPED, 2L, DeliveryState.UNCERTAIN, 4L));
            assertThat(issueState(press, issue)).isEqualTo("sending");
            press.suppress("reader12@press.test");
            press.suppress("reader18@press.test");
            DeliveryEngine engine = press.engine("a");
            engine.start();
            try {
                await(() -> state(press, issue) == EditionState.FINISHED);
            } finally {
                engine.stop();
            }
            EditionCounts counts = press.editions.counts(edition.id());
            assertThat(press.relay.taken)
                    .doesNotContainKeys("reader12@press.test", "reader18@press.test")
                    .hasSize(10);
            assertThat(counts.of(DeliveryState.ACCEPTED)).isEqualTo(18);
            assertThat(counts.skipped()).isEqualTo(Map.of("suppressed", 1L));
            assertThat(counts.of(DeliveryState.UNCERTAIN))
                    .as("a copy may have arrived")
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aPausedIssueStaysPausedAndACancelledOrHeldOneIsLeftAlone(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            IssueId issue = press.issue();
            assertThat(press.resending().resend(press.newsletter, issue, REFUSED))
                    .isInstanceOf(ResendOutcome.NoEdition.class);
            finished(press, issue);
            press.hold(true);
            assertThat(press.resending().resend(press.newsletter, issue, REFUSED))
                    .isEqualTo(new ResendOutcome.Held("restored"));
            press.hold(false);
            assertThat(((ResendOutcome.Resent) press.resending()
                                    .resend(press.newsletter, issue, EnumSet.of(DeliveryState.EXPIRED)))
                            .rows()
                            .againAll())
                    .isZero();
            assertThat(state(press, issue)).as("nothing to do").isEqualTo(EditionState.FINISHED);
            press.resending().resend(press.newsletter, issue, EnumSet.of(DeliveryState.SKIPPED));
            press.editions.pause(issue, "");
            ResendOutcome.Resent paused =
                    (ResendOutcome.Resent) press.resending().resend(press.newsletter, issue, REFUSED);
            assertThat(paused.rows().againAll()).isEqualTo(6);
            assertThat(paused.edition().state()).isEqualTo(EditionState.PAUSED);
            press.editions.cancel(issue);
            assertThat(press.resending().resend(press.newsletter, issue, REFUSED))
                    .isInstanceOf(ResendOutcome.NotNow.class);
            assertThatThrownBy(
                            () -> press.resending().resend(press.newsletter, issue, EnumSet.of(DeliveryState.ACCEPTED)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatThePaceHasStillToReleaseWaitsAsLongAsTheRowsWereMoved(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            IssueId issue = press.issue();
            finished(press, issue);
            Instant from = Instant.parse("2026-12-02T07:00:00Z");
            press.database.jdbi().useHandle(handle -> {
                handle.execute(
                        "update edition set state = 'sending', finished_at = null, pace_seconds = 600, canary = 5,"
                                + " sending_since = ?, rest_from = ?, rest_until = ?",
                        from,
                        from,
                        from.plusSeconds(600));
                handle.execute("update issue set state = 'sending'");
                handle.execute("update delivery set state = 'queued', attempts = 0 where seq > 18");
            });
            SettableClock clock = new SettableClock(from.plusSeconds(60));
            InstantSource slow = () -> {
                Instant now = clock.instant();
                clock.advance(Duration.ofSeconds(30));
                return now;
            };
            new ResendRows(press.database, press.jdbiEditions, slow, () -> {}).resend(press.newsletter, issue, REFUSED);
            Pace pace = press.editions.find(issue).orElseThrow().pacing();
            Duration moved = Duration.between(from, pace.restFrom());
            assertThat(moved).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
            assertThat(Duration.between(from.plusSeconds(600), pace.restUntil()))
                    .isEqualTo(moved);
            assertThat(state(press, issue)).isEqualTo(EditionState.SENDING);
            assertThat(press.heard).as("nobody is told of it").containsExactly("finished");
        }
    }
}
