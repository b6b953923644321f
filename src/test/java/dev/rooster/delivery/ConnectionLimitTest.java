package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.newsletter.NewsletterId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay that serves three connections and greets a fourth with 421. */
class ConnectionLimitTest {
    private static final Instant NOW = Instant.parse("2026-12-01T22:00:00Z");
    private static final EditionId EDITION = new EditionId(1);

    private final Dispatcher dispatcher = new Dispatcher(DeliverySettings.defaults(), new SplittableRandom(1));
    private final DispatcherState state = new DispatcherState();

    @BeforeEach
    void connect() {
        step(
                NOW,
                new Event.RelayKnown("relay", 4),
                new Event.EditionOpened(
                        new SendingEdition(
                                EDITION,
                                new NewsletterId(1),
                                7,
                                100,
                                Pace.NONE,
                                NOW.plus(Duration.ofHours(24)),
                                Map.of()),
                        "relay"));
        step(
                NOW,
                new Event.Claimed(
                        EDITION, ClaimScope.ALL, new Claim(DeliveryRows.fresh(EDITION, 100), 0, 100, false, null)));
    }

    private List<Action> step(Instant now, Event... events) {
        return dispatcher.step(state, now, List.of(events)).actions();
    }

    private static ConnectionId connection(int number) {
        return new ConnectionId("relay", number);
    }

    private static Event refused(int number) {
        return new Event.ConnectFailed(connection(number), false, "421 too many connections");
    }

    @Test
    void theOthersGoOnAndTheOneIsNotAskedForAtOnce() {
        List<Action> actions = step(
                NOW,
                new Event.Connected(connection(1)),
                new Event.Connected(connection(2)),
                new Event.Connected(connection(3)),
                refused(4));
        assertThat(actions).hasSize(3).allMatch(Action.Open.class::isInstance);
        assertThat(step(NOW.plusSeconds(20))).noneMatch(Action.Connect.class::isInstance);
    }

    @Test
    void aRelayThatServesNoneIsLeftAlone() {
        List<Action> actions = step(NOW, refused(1));
        assertThat(actions).hasSize(1).allMatch(Action.Alarm.class::isInstance);
        assertThat(step(NOW, new Event.Connected(connection(2)))).noneMatch(Action.Open.class::isInstance);
    }
}
