package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real dispatcher does with an edition that several relays carry. */
class SeveralRelaysTest {
    private static final List<String> PROVIDERS = List.of("gmail", "naver", "other");
    private static final RelayShare MAIN = new RelayShare("main", 1, 0);
    private static final RelayShare BACKUP = new RelayShare("backup", 1, 1);

    private final FairWeather weather = new FairWeather(3);

    private static Instant after(int seconds) {
        return FairWeather.START.plusSeconds(seconds);
    }

    private long by(String relay) {
        return weather.count(sent -> sent.relay().equals(relay));
    }

    private boolean allAtTheFirstTry(SendingEdition edition) {
        return weather.world.editions.get(edition.id()).rows.values().stream()
                .allMatch(row -> row.state == DeliveryState.ACCEPTED && row.attempts == 1);
    }

    @Test
    void weightsShareTheLoadHoweverManyConnectionsEachHas() {
        SendingEdition edition = weather.edition(4_000, PROVIDERS);
        weather.node("a")
                .relay("main", 2)
                .relay("second", 8)
                .send(edition, new RelayShare("main", 3, 0), new RelayShare("second", 1, 0));
        weather.runUntil(after(60));
        assertThat(allAtTheFirstTry(edition)).isTrue();
        assertThat(by("main")).isBetween(2_900L, 3_100L);
    }

    @Test
    void aRelayAtItsOwnLimitHoldsUpNoOther() {
        weather.limit(Rates.relay("main"), "5/s");
        SendingEdition edition = weather.edition(2_000, PROVIDERS);
        weather.node("a").relay("main", 2).relay("second", 2).send(edition, MAIN, new RelayShare("second", 1, 0));
        weather.runUntil(after(20));
        assertThat(allAtTheFirstTry(edition)).isTrue();
        assertThat(by("main")).isLessThan(120);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileTheRelayIsDeadAnotherCarriesAllAndNobodyLosesATry(boolean loginRefused) {
        weather.loginRefused = loginRefused;
        weather.dead.add("main");
        SendingEdition edition = weather.edition(1_000, PROVIDERS);
        FairWeather.Node node =
                weather.node("a").relay("main", 4).relay("backup", 4).send(edition, MAIN, BACKUP);
        weather.runUntil(after(30));
        assertThat(allAtTheFirstTry(edition)).isTrue();
        assertThat(by("backup")).isEqualTo(1_000);
        assertThat(node.alarms).isPositive();
    }

    @Test
    void theOtherIsLeftAloneWhileThePreferredOneTakesMailAndWhenItDoesAgain() {
        weather.limit(Rates.newsletter(LedgerWorld.NEWSLETTER), "10/s");
        SendingEdition edition = weather.edition(3_000, PROVIDERS);
        weather.node("a").relay("main", 4).relay("backup", 4).send(edition, MAIN, BACKUP);
        weather.runUntil(after(30));
        assertThat(by("backup")).isZero();
        assertThat(by("main")).isGreaterThan(250);
        weather.dead.add("main");
        weather.sent.clear();
        weather.runUntil(after(90));
        assertThat(by("backup")).as("all but what was open already").isGreaterThan(500);
        weather.dead.clear();
        weather.runUntil(after(160));
        weather.sent.clear();
        weather.runUntil(after(220));
        assertThat(by("backup")).isZero();
        assertThat(by("main")).isGreaterThan(500);
        assertThat(weather.world.editions.get(edition.id()).rows.values()).allMatch(row -> row.attempts <= 1);
    }

    @Test
    void aRelayThatDropsEveryEnvelopeConsumesNobodyButOneRowStandsInNobodysWay() {
        weather.dropping.add("main");
        SendingEdition edition = weather.edition(500, PROVIDERS);
        weather.node("a").relay("main", 4).send(edition, "main");
        weather.runUntil(after(600));
        assertThat(weather.world.editions.get(edition.id()).rows.values())
                .filteredOn(row -> row.state == DeliveryState.DEFERRED)
                .as("at which the connection broke five times in a row")
                .hasSizeBetween(1, 4);
        weather.dropping.clear();
        weather.runUntil(after(2000));
        assertThat(weather.world.editions.get(edition.id()).rows.values())
                .allMatch(row -> row.state == DeliveryState.ACCEPTED)
                .filteredOn(row -> row.attempts > 1)
                .hasSizeBetween(1, 4);
    }

    @Test
    void aSilentRelayIsNotWaitedFor() {
        Carriers carriers = new Carriers(List.of(MAIN, new RelayShare("second", 1, 0)));
        for (int i = 0; i < 100; i++) {
            carriers.took("main", relay -> relay.equals("main"));
        }
        assertThat(carriers.mayTake("main", relay -> true))
                .as("the other has no debts from the time it took nothing")
                .isTrue();
        for (int i = 0; i < 17; i++) {
            carriers.took("main", relay -> true);
        }
        assertThat(carriers.mayTake("main", relay -> true)).isFalse();
        assertThat(carriers.mayTake("main", relay -> relay.equals("main"))).isTrue();
        assertThat(carriers.mayTake("second", relay -> true)).isTrue();
    }
}
