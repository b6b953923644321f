package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
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

    @Test
    void aWarmUpGrowsFromDayToDayAndEnds() {
        WarmUp warmUp = new WarmUp(LocalDate.parse("2026-12-01"), 100, 1.5);
        assertThat(warmUp.limit(Instant.parse("2026-11-30T23:59:59Z"))).isNull();
        assertThat(warmUp.limit(FairWeather.START)).hasToString("100/d");
        assertThat(warmUp.limit(FairWeather.START.plus(Duration.ofDays(2)))).hasToString("225/d");
        assertThat(warmUp.limit(FairWeather.START.plus(Duration.ofDays(60)))).isNull();
        FairWeather weather = new FairWeather(10);
        weather.warmUps.put(Rates.newsletter(LedgerWorld.NEWSLETTER), warmUp);
        weather.node("a").relay("fast", 4).send(weather.edition(1_000, PROVIDERS), "fast");
        weather.runUntil(FairWeather.START.plus(MINUTE));
        assertThat(weather.sent).hasSize(100);
        weather.runUntil(Instant.parse("2026-12-02T01:00:00Z"));
        assertThat(weather.sent.size())
                .as("the second day's, less those of the last 24 hours")
                .isBetween(140, 150);
    }

    @Test
    void nothingLeavesInQuietHoursAndTheRestAfterwards() {
        FairWeather weather = new FairWeather(11).limit(Rates.relay("slow"), "10/s");
        weather.quiet = QuietHours.of("22:01-07:30");
        weather.node("a").relay("slow", 4).send(weather.edition(1_200, PROVIDERS), "slow");
        weather.runUntil(Instant.parse("2026-12-01T22:01:02Z"));
        int before = weather.sent.size();
        assertThat(before).isBetween(580, 610);
        weather.runUntil(Instant.parse("2026-12-02T07:29:59Z"));
        assertThat(weather.sent).hasSize(before);
        weather.runUntil(Instant.parse("2026-12-02T07:32:00Z"));
        assertThat(weather.sent).hasSize(1_200);
    }

    @ParameterizedTest
    @CsvSource({
        "21:00-08:00, 2026-12-01T20:59:59, ",
        "21:00-08:00, 2026-12-01T21:00:00, 2026-12-02T08:00:00",
        "21:00-08:00, 2026-12-02T07:59:59, 2026-12-02T08:00:00",
        "21:00-08:00, 2026-12-02T08:00:00, ",
        "12:00-13:30, 2026-12-02T12:10:00, 2026-12-02T13:30:00",
        "12:00-13:30, 2026-12-02T11:10:00, ",
        "22:00-00:00, 2026-12-02T23:10:00, 2026-12-03T00:00:00"
    })
    void quietHoursEndOnTheClockOfTheirZone(String hours, LocalDateTime now, LocalDateTime end) {
        ZoneId seoul = ZoneId.of("Asia/Seoul");
        assertThat(QuietHours.of(hours).end(now.atZone(seoul).toInstant(), seoul))
                .isEqualTo(end == null ? null : end.atZone(seoul).toInstant());
    }
}
