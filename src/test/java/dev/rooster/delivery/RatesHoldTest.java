package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast the real dispatcher sends under limits, by one node and by several that share them. */
class RatesHoldTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final List<String> PROVIDERS = List.of("gmail", "gmail", "gmail", "naver", "other");

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 3", "2, 4", "5, 5"})
    void aRelaysAndAProvidersLimitHoldWithinTwoPercent(int nodes, long seed) {
        FairWeather weather =
                new FairWeather(seed).limit(Rates.relay("slow"), "50/s").limit(Rates.provider("gmail"), "10/s");
        SendingEdition through = weather.edition(6_000, List.of("gmail", "naver", "other", "other"));
        SendingEdition fast = weather.edition(30_000, PROVIDERS);
        for (int i = 0; i < nodes; i++) {
            weather.node("n" + i)
                    .relay("slow", 4)
                    .relay("fast", 4)
                    .send(through, "slow")
                    .send(fast, "fast");
        }
        weather.runUntil(FairWeather.START.plusSeconds(5));
        weather.sent.clear();
        weather.runUntil(FairWeather.START.plusSeconds(65));
        assertThat(weather.count(sent -> sent.relay().equals("slow")))
                .as("relay")
                .isBetween(2940L, 3060L);
        assertThat(weather.count(sent -> sent.provider().equals("gmail")))
                .as("provider")
                .isBetween(588L, 612L);
        assertThat(weather.most(Duration.ofSeconds(1), sent -> sent.relay().equals("slow")))
                .as("in any second")
                .isLessThanOrEqualTo(50 + 13);
        assertThat(weather.most(Duration.ofSeconds(1), sent -> sent.provider().equals("gmail")))
                .isLessThanOrEqualTo(10 + 4);
        assertThat(weather.world.editions.get(fast.id()).rows.values().stream()
                        .filter(row -> !row.provider.equals("gmail"))
                        .allMatch(row -> row.state == DeliveryState.ACCEPTED))
                .as("the others went at full speed")
                .isTrue();
        for (FairWeather.Node node : weather.nodes) {
            node.state
                    .editions
                    .values()
                    .forEach(run -> assertThat(run.rowsAtHand("gmail"))
                            .as("a slow provider fills up nobody's hands")
                            .isLessThanOrEqualTo(400));
        }
    }

    @Test
    void withoutLimitsNothingIsReserved() {
        FairWeather weather = new FairWeather(7);
        SendingEdition edition = weather.edition(5_000, PROVIDERS);
        weather.node("a").relay("fast", 8).send(edition, "fast");
        weather.runUntil(FairWeather.START.plusSeconds(30));
        assertThat(weather.sent).hasSize(5_000);
        assertThat(weather.reservations).isZero();
    }

    @Test
    void whatIsCountedByTheDayGoesAtOnceAndStopsThere() {
        FairWeather weather = new FairWeather(8).limit(Rates.newsletter(LedgerWorld.NEWSLETTER), "1000/d");
        SendingEdition edition = weather.edition(3_000, PROVIDERS);
        weather.node("a").relay("fast", 4).send(edition, "fast");
        weather.node("b").relay("fast", 4).send(edition, "fast");
        weather.runUntil(FairWeather.START.plus(MINUTE));
        assertThat(weather.sent.size()).isBetween(980, 1000);
        weather.runUntil(FairWeather.START.plus(Duration.ofHours(23)));
        assertThat(weather.sent.size()).isBetween(980, 1000);
    }

    @Test
    void whatWaitsForAProviderIsNotLostForTheRelaysDay() {
        FairWeather weather =
                new FairWeather(9).limit(Rates.relay("fast"), "100/s", "500/d").limit(Rates.provider("gmail"), "1/s");
        SendingEdition edition = weather.edition(400, List.of("gmail"));
        weather.node("a").relay("fast", 4).send(edition, "fast");
        weather.runUntil(FairWeather.START.plus(Duration.ofMinutes(8)));
        assertThat(weather.sent).hasSize(400);
    }
}
