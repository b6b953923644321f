package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.newsletter.NewsletterId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Single decisions of the step, on one connection. */
class DispatcherTest {
    private static final Instant NOW = Instant.parse("2026-12-01T22:00:00Z");
    private static final EditionId EDITION = new EditionId(1);
    private static final ConnectionId LINE = new ConnectionId("relay", 1);

    private final Dispatcher dispatcher = new Dispatcher(DeliverySettings.defaults(), new Random(1));
    private final DispatcherState state = new DispatcherState();

    private List<Action> step(Instant now, Event... events) {
        return dispatcher.step(state, now, List.of(events)).actions();
    }

    private static <T> List<T> of(List<Action> actions, Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Event opened(int rows, Instant expiresAt) {
        Map<String, Boolean> nobodyPaused = Map.of("other", false, "gmail", false);
        return new Event.EditionOpened(
                new SendingEdition(EDITION, new NewsletterId(1), 7, rows, Pace.NONE, expiresAt, nobodyPaused), "relay");
    }

    private static Event opened(int rows) {
        return opened(rows, NOW.plus(Duration.ofHours(24)));
    }

    private static Event claimed(List<ClaimedDelivery> rows) {
        return new Event.Claimed(EDITION, ClaimScope.ALL, new Claim(rows, 0, rows.size(), false, null));
    }

    /** Opens the first of some rows. */
    private ClaimedDelivery offered(int rows) {
        step(NOW, new Event.RelayKnown("relay", 1), opened(rows));
        step(NOW, claimed(DeliveryRows.fresh(EDITION, rows)));
        return of(step(NOW, new Event.Connected(LINE)), Action.Open.class)
                .get(0)
                .delivery();
    }

    private Outcome refusedAtRcpt(SmtpReply reply) {
        List<Action> actions = step(NOW, new Event.Refused(LINE, offered(1), SmtpCommand.RCPT, reply));
        return of(actions, Action.Commit.class).get(0).outcomes().get(0);
    }

    @Test
    void aBodyIsWrittenOnlyOnceItsStartIsDurable() {
        ClaimedDelivery row = offered(2);
        List<Action> asked = step(NOW, new Event.Ready(LINE, row, false));
        asked = asked.isEmpty() ? step(NOW.plusMillis(50)) : asked;
        assertThat(asked).noneMatch(Action.Send.class::isInstance);
        Start start = of(asked, Action.Commit.class).get(0).starts().get(0);
        assertThat(start.delivery()).isEqualTo(row);
        List<Action> granted = step(NOW, new Event.Committed(List.of(StartAnswer.granted(start))));
        assertThat(of(granted, Action.Send.class))
                .extracting(Action.Send::delivery)
                .containsExactly(row);
    }

    @Test
    void aGreylistedRecipientIsTriedAgainAfterFiveMinutesAtTheEarliest() {
        Outcome outcome = refusedAtRcpt(new SmtpReply(450, "4.2.0", "greylisted"));
        assertThat(outcome.state()).isEqualTo(DeliveryState.DEFERRED);
        assertThat(Duration.between(NOW, outcome.nextAttempt()))
                .isBetween(Duration.ofMinutes(5), Duration.ofSeconds(375));
    }

    @Test
    void theRelaysOwnHintSaysWhenItIsTriedAgain() {
        Outcome outcome = refusedAtRcpt(new SmtpReply(451, "4.7.1", "Greylisted, try again in 90 seconds"));
        assertThat(Duration.between(NOW, outcome.nextAttempt()))
                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(113));
    }

    @Test
    void aLoginRefusedAtMailIsTheRelaysFault() {
        ClaimedDelivery row = offered(3);
        List<Action> actions = step(
                NOW,
                new Event.Refused(LINE, row, SmtpCommand.MAIL, new SmtpReply(530, "5.7.0", "Authentication required")));
        assertThat(actions).noneMatch(Action.Commit.class::isInstance).noneMatch(Action.Pause.class::isInstance);
        assertThat(of(actions, Action.Alarm.class)).hasSize(1);
        assertThat(step(NOW.plusSeconds(1), new Event.Closed(LINE))).isEmpty();
        assertThat(step(NOW.plusSeconds(30))).as("it rests").isEmpty();
        assertThat(of(step(NOW.plusSeconds(75)), Action.Connect.class)).hasSize(1);
        List<Action> again = step(NOW.plusSeconds(75), new Event.Connected(LINE));
        assertThat(of(again, Action.Open.class).get(0).delivery())
                .as("the same row, with no try counted")
                .isEqualTo(row);
    }

    @Test
    void whatCouldNotBeRecordedIsRecordedByTheNextCommitThatWorks() {
        ClaimedDelivery row = offered(1);
        SmtpReply unknown = new SmtpReply(550, "5.1.1", "no such user");
        step(NOW, new Event.Refused(LINE, row, SmtpCommand.RCPT, unknown));
        List<Action> failed = step(NOW, new Event.CommitFailed("disk full"));
        assertThat(failed).noneMatch(Action.Commit.class::isInstance);
        List<Action> later = step(NOW.plusSeconds(1));
        assertThat(of(later, Action.Commit.class).get(0).outcomes())
                .extracting(Outcome::state)
                .containsExactly(DeliveryState.REJECTED);
    }

    @Test
    void rowsThatCameWhileItWasAskedWhetherAllIsDoneGoBackWhenItWasPausedMeanwhile() {
        step(NOW, new Event.RelayKnown("relay", 1), opened(3));
        step(NOW, new Event.EditionClosed(EDITION), opened(3)); // paused and resumed while a claim was under way
        List<Action> asked = step(NOW, claimed(List.of())); // that claim found it paused
        assertThat(of(asked, Action.CheckFinish.class)).hasSize(1);
        step(NOW, claimed(DeliveryRows.fresh(EDITION, 3))); // its own claim
        List<Action> paused = step(NOW, new Event.FinishAnswered(EDITION, new FinishCheck.NotSending()));
        assertThat(of(paused, Action.Release.class))
                .as("a living node's rows are given back by nobody else")
                .flatExtracting(Action.Release::rows)
                .containsExactlyElementsOf(DeliveryRows.fresh(EDITION, 3));
    }

    @Test
    void anEditionWhoseTimeBeganAnewGoesOnAfterItsFormerEnd() {
        Instant end = NOW.plus(Duration.ofHours(24));
        step(NOW, new Event.RelayKnown("relay", 1), opened(3, end));
        step(NOW, claimed(DeliveryRows.fresh(EDITION, 3)));
        // paused, prolonged and resumed between two looks
        List<Action> prolonged = step(NOW, opened(3, end.plusSeconds(60)));
        assertThat(of(prolonged, Action.Release.class)).hasSize(1);
        step(end, claimed(DeliveryRows.fresh(EDITION, 3)));
        assertThat(of(step(end, new Event.Connected(LINE)), Action.Open.class)).hasSize(1);
    }
}
