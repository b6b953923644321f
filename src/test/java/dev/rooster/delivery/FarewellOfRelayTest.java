package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.newsletter.NewsletterId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay that ends each connection after some messages (RFC 5321 section 3.8) is asked for another one, without any rest. */
class FarewellOfRelayTest {
    private static final EditionId EDITION = new EditionId(1);
    private static final int CONNECTIONS = 3;
    private static final int ROWS = 2_000;
    private static final SmtpReply BYE = new SmtpReply(421, "4.4.2", "closing connection");
    private static final SmtpReply BUSY = new SmtpReply(421, "4.7.0", "Try again later");
    private static final SmtpReply OK = new SmtpReply(250, "2.0.0", "queued");

    private final Dispatcher dispatcher = new Dispatcher(DeliverySettings.defaults(), new SplittableRandom(1));
    private final DispatcherState state = new DispatcherState();
    private final Map<ConnectionId, Integer> lives = new HashMap<>();
    private final List<String> story = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private Instant now = Instant.parse("2026-12-01T22:00:00Z");

    @BeforeEach
    void connect() {
        play(
                new Event.RelayKnown("relay", CONNECTIONS),
                new Event.EditionOpened(
                        new SendingEdition(
                                EDITION,
                                new NewsletterId(1),
                                7,
                                ROWS,
                                Pace.NONE,
                                now.plus(Duration.ofHours(24)),
                                Map.of()),
                        "relay"),
                new Event.Claimed(
                        EDITION, ClaimScope.ALL, new Claim(DeliveryRows.fresh(EDITION, ROWS), 0, ROWS, false, null)));
    }

    private final List<Action> waiting = new ArrayList<>();

    private void play(Event... events) {
        waiting.addAll(dispatcher.step(state, now, List.of(events)).actions());
    }

    /** How the relay takes leave at the message that is one too many. */
    private Function<Action.Open, Event> leave =
            open -> new Event.Refused(open.connection(), open.delivery(), SmtpCommand.MAIL, BYE);

    /** Plays so many actions against a relay that takes {@code perConnection} messages on each connection. */
    private void play(int actions, int perConnection) {
        for (int i = 0; i < actions && !waiting.isEmpty(); i++) {
            now = now.plusMillis(1);
            Action action = waiting.remove(0);
            if (action instanceof Action.Connect connect) {
                lives.put(connect.connection(), 0);
                play(new Event.Connected(connect.connection()));
            } else if (action instanceof Action.Open open) {
                play(
                        lives.get(open.connection()) < perConnection
                                ? new Event.Ready(open.connection(), open.delivery(), true)
                                : leave(open));
            } else if (action instanceof Action.Send send) {
                lives.merge(send.connection(), 1, Integer::sum);
                play(new Event.Answered(send.connection(), send.delivery(), OK, true));
                if (send.riding() != null) {
                    waiting.add(0, new Action.Open(send.connection(), send.riding()));
                }
            } else if (action instanceof Action.Commit commit) {
                outcomes.addAll(commit.outcomes());
                play(new Event.Committed(
                        commit.starts().stream().map(StartAnswer::granted).toList()));
            } else if (action instanceof Action.Abandon abandon) {
                play(new Event.Closed(abandon.connection()));
            } else if (action instanceof Action.Close close) {
                story.add("QUIT after " + lives.get(close.connection()));
                play(new Event.Closed(close.connection()));
            } else if (action instanceof Action.Alarm alarm) {
                story.add("alarm " + alarm.why());
            }
        }
    }

    private Event leave(Action.Open open) {
        story.add("sent away after " + lives.get(open.connection()));
        return leave.apply(open);
    }

    private RelayRun relay() {
        return state.relays.get("relay");
    }

    private void assertAllConnectionsAndNoTryBurned() {
        assertThat(relay().allowed(now)).isEqualTo(CONNECTIONS);
        assertThat(relay().connectionsOpen()).isEqualTo(CONNECTIONS);
        assertThat(outcomes).isNotEmpty().allMatch(outcome -> outcome.state() == DeliveryState.ACCEPTED);
        assertThat(story).noneMatch(line -> line.startsWith("alarm"));
    }

    @Test
    void sentAwayAtMailItConnectsAgainAtOnce() {
        play(400, 5);
        assertThat(story).hasSizeGreaterThan(10).allMatch("sent away after 5"::equals);
        assertAllConnectionsAndNoTryBurned();
    }

    @Test
    void closedWithoutAWordItConnectsAgainAtOnce() {
        leave = open -> new Event.EnvelopeLost(open.connection(), open.delivery(), "end of stream", true);
        play(400, 5);
        assertAllConnectionsAndNoTryBurned();
    }

    @Test
    void sentAwayAtTheResetAfterARefusalItConnectsAgainAtOnce() {
        leave = open -> new Event.Refused(open.connection(), open.delivery(), SmtpCommand.RSET, BYE);
        play(400, 5);
        assertAllConnectionsAndNoTryBurned();
    }

    @Test
    void theCountIsLearnedFromASecondConnectionAndThenKept() {
        play(4_000, 40);
        assertThat(story.stream().filter(line -> line.startsWith("sent away")).count())
                .as("the first ones of each connection, and the one that confirms it")
                .isLessThanOrEqualTo(2 * CONNECTIONS);
        assertThat(story).last().isEqualTo("QUIT after 40");
        assertThat(story).allMatch(line -> line.endsWith("after 40"));
        assertAllConnectionsAndNoTryBurned();
    }

    @Test
    void onAConnectionThatHasTakenNothingTheRelayIsToBeSparedAsEver() {
        play(400, 0);
        assertThat(relay().resting(now)).isTrue();
        assertThat(relay().allowed(now.plus(Duration.ofMinutes(5)))).isLessThan(CONNECTIONS);
    }

    @Test
    void whoAsksForLessMailGetsLess() {
        leave = open -> new Event.Refused(open.connection(), open.delivery(), SmtpCommand.MAIL, BUSY);
        play(400, 5);
        assertThat(relay().resting(now)).isTrue();
        assertThat(relay().allowed(now.plus(Duration.ofMinutes(5)))).isLessThan(CONNECTIONS);
    }

    @Test
    void aRowAtWhichEachConnectionEndsIsNotOfferedForEver() {
        play(60, 1_000);
        ClaimedDelivery[] culprit = new ClaimedDelivery[1];
        for (int i = 0; i < 200 && outcomes.stream().noneMatch(o -> o.state() == DeliveryState.DEFERRED); i++) {
            now = now.plusSeconds(10);
            play();
            Action open = waiting.stream()
                    .filter(Action.Open.class::isInstance)
                    .findFirst()
                    .orElse(null);
            Action.Send riding = (Action.Send) waiting.stream()
                    .filter(action -> action instanceof Action.Send send && send.riding() != null)
                    .findFirst()
                    .orElse(null);
            if (open instanceof Action.Open first
                    && (culprit[0] == null || first.delivery().equals(culprit[0]))) {
                culprit[0] = first.delivery();
                waiting.remove(open);
                play(new Event.EnvelopeLost(first.connection(), first.delivery(), "end of stream", true));
            } else if (riding != null && (culprit[0] == null || riding.riding().equals(culprit[0]))) {
                culprit[0] = riding.riding();
                waiting.remove(riding);
                play(new Event.Answered(riding.connection(), riding.delivery(), OK, true));
                play(new Event.EnvelopeLost(riding.connection(), riding.riding(), "end of stream", true));
            }
            play(1, 1_000);
        }
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.state() == DeliveryState.DEFERRED)
                .extracting(Outcome::key)
                .containsExactly(culprit[0].key());
    }

    @Test
    void aRelayThatStillCountsTheConnectionItEndedIsAskedAgainBeforeOneIsGivenUp() {
        play(60, 1_000);
        ConnectionRun any = relay().connections.get(new ConnectionId("relay", 1));
        any.closed();
        relay().farewell(any, now);
        any.phase = ConnectionRun.Phase.CONNECTING;
        play(new Event.ConnectFailed(any.id, false, "421 too many connections"));
        assertThat(relay().allowed(now)).isEqualTo(CONNECTIONS - 1);
        assertThat(relay().allowed(now.plusSeconds(1))).isEqualTo(CONNECTIONS);
        now = now.plusSeconds(1);
        any.phase = ConnectionRun.Phase.CONNECTING;
        play(new Event.ConnectFailed(any.id, false, "421 too many connections"));
        assertThat(relay().allowed(now.plusSeconds(2))).isEqualTo(CONNECTIONS - 1);
    }
}
