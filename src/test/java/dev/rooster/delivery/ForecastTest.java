package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rooster.delivery.Forecast.Allowance;
import dev.rooster.delivery.Forecast.ByProvider;
import dev.rooster.delivery.Forecast.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Instant SEVEN = Instant.parse("2026-12-01T22:00:00Z");

    private static Allowance perSecond(long messages) {
        return new Allowance(messages, Duration.ofSeconds(1), true);
    }

    private static Forecast forecast(
            Map<String, Long> mails, Duration pace, double relay, Map<String, List<Allowance>> byProvider) {
        return Forecast.of(new Forecast.Known(SEVEN, mails, SEVEN.plus(pace), relay, List.of(), byProvider));
    }

    private static ByProvider of(Forecast forecast, String provider) {
        return forecast.providers().stream()
                .filter(found -> found.provider().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    private static void assertLast(ByProvider provider, long seconds, Limit limit) {
        assertThat(provider.last()).isCloseTo(SEVEN.plusSeconds(seconds), within(50, ChronoUnit.MILLIS));
        assertThat(provider.limit()).isEqualTo(limit);
    }

    @Test
    void nobodyIsReadyAtOnce() {
        assertThat(forecast(Map.of(), Duration.ZERO, 100, Map.of()).last()).isEqualTo(SEVEN);
        assertThat(forecast(Map.of("naver", 0L), Duration.ZERO, 100, Map.of()).providers())
                .isEmpty();
    }

    @Test
    void theRelayIsSharedAndWhoHasFewIsReadyFirst() {
        Forecast forecast = forecast(Map.of("gmail", 100L, "naver", 300L), Duration.ZERO, 100, Map.of());
        assertLast(of(forecast, "gmail"), 2, Limit.RELAY); // half the relay each
        assertLast(of(forecast, "naver"), 4, Limit.RELAY);
        assertThat(forecast.last()).isEqualTo(of(forecast, "naver").last());
    }

    @Test
    void aSlowProviderHoldsUpNobodyAndLeavesTheRelayToTheOthers() {
        Forecast forecast = forecast(
                Map.of("gmail", 100L, "naver", 900L), Duration.ZERO, 100, Map.of("gmail", List.of(perSecond(1))));
        assertLast(of(forecast, "gmail"), 100, Limit.PROVIDER);
        assertThat(of(forecast, "naver").last()).isBefore(SEVEN.plusSeconds(10));
    }

    @Test
    void thePaceIsKeptByAllAndByThoseWhoAreSlowerAnyway() {
        Map<String, List<Allowance>> limits = Map.of("daum", List.of(perSecond(1)));
        Forecast forecast = forecast(Map.of("gmail", 6_000L, "daum", 1_200L), Duration.ofMinutes(10), 100, limits);
        assertLast(of(forecast, "gmail"), 600, Limit.PACE);
        assertLast(of(forecast, "daum"), 1_200, Limit.PROVIDER);
    }

    @Test
    void aPaceTheRelayCantKeepIsNotPromised() {
        Forecast forecast = forecast(Map.of("gmail", 10_000L), Duration.ofMinutes(1), 10, Map.of());
        assertLast(of(forecast, "gmail"), 1_000, Limit.RELAY);
    }

    @Test
    void whatIsCountedByTheHourWaitsForTheNext() {
        Map<String, List<Allowance>> limits =
                Map.of("naver", List.of(new Allowance(1_000, Duration.ofHours(1), false)));
        assertLast(of(forecast(Map.of("naver", 1_000L), Duration.ZERO, 100, limits), "naver"), 10, Limit.RELAY);
        assertLast(of(forecast(Map.of("naver", 2_500L), Duration.ZERO, 100, limits), "naver"), 7_200, Limit.PROVIDER);
    }

    @Test
    void whatAllShareHoldsForAll() {
        Forecast.Known known = new Forecast.Known(
                SEVEN, Map.of("gmail", 100L, "naver", 100L), SEVEN, 1_000, List.of(perSecond(10)), Map.of());
        assertLast(of(Forecast.of(known), "naver"), 20, Limit.RELAY);
    }

    /** Nothing is ready sooner than any of its limits allows, and no capacity is left unused while somebody could use it. */
    @Test
    void noForecastBeatsItsLimits() {
        Random random = new Random(4);
        for (int round = 0; round < 2_000; round++) {
            Map<String, Long> mails = new HashMap<>();
            Map<String, List<Allowance>> limits = new HashMap<>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                mails.put("p" + i, (long) random.nextInt(100_000));
                if (random.nextBoolean()) {
                    limits.put("p" + i, List.of(perSecond(1 + random.nextInt(500))));
                }
            }
            double relay = 1 + random.nextInt(1_000);
            int pace = random.nextBoolean() ? 0 : random.nextInt(3_600);
            Forecast forecast = forecast(mails, Duration.ofSeconds(pace), relay, limits);
            double all = mails.values().stream().mapToLong(Long::longValue).sum();
            double slowest = Math.max(pace, all / relay);
            for (ByProvider provider : forecast.providers()) {
                double own = limits.getOrDefault(provider.provider(), List.of()).stream()
                        .mapToDouble(limit -> provider.mails() / limit.perSecond())
                        .max()
                        .orElse(0);
                double last = Duration.between(SEVEN, provider.last()).toMillis() / 1000.0;
                assertThat(last).isGreaterThan(Math.max(own, provider.mails() / relay) - 0.01);
                slowest = Math.max(slowest, own);
            }
            double last = Duration.between(SEVEN, forecast.last()).toMillis() / 1000.0;
            if (all > 0) {
                assertThat(last).isGreaterThan(all / relay - 0.01);
                // releasing by pace, then what the limits have held back, each bound at most twice over
                assertThat(last).isLessThan(2 * slowest + pace + 1);
            }
        }
    }
}
