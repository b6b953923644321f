package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForecastsTest {
    private static void people(Press press) {
        press.subscriber("a@gmail.com", null, "active");
        press.subscriber("b@gmail.com", null, "active");
        press.subscriber("c@naver.com", null, "active");
        press.subscriber("d@press.test", null, "active");
        press.subscriber("e@press.test", null, "unsubscribed");
        press.subscriber("f@gmail.com", null, "active");
        press.suppress("f@gmail.com");
    }

    private static Forecasts forecasts(Press press) {
        return forecasts(press, Map.of());
    }

    private static Forecasts forecasts(Press press, Map<RateKey, List<RateLimit>> limits) {
        return new Forecasts(
                press.database,
                id -> List.of(new RelayPool(press.relay, 4)),
                new Forecasts.Traffic(() -> limits, Map::of, (id, at) -> null),
                new CanarySettings(50, 1, Duration.ZERO, Duration.ofMinutes(2)),
                press.clock);
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aSlotIsForeseenWithThoseWhoWouldGetItNow(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            people(press);
            Instant slot = Instant.parse("2026-12-01T22:00:00Z");
            Forecast forecast = forecasts(press).planned(press.newsletter, slot).orElseThrow();
            assertThat(forecast.providers())
                    .extracting(provider -> provider.provider() + provider.mails())
                    .containsExactlyInAnyOrder("gmail2", "naver1", "other1");
            assertThat(forecast.last())
                    .isAfterOrEqualTo(slot.plus(press.newsletter.settings().pace()));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatProvidersAndTheRelayAreLimitedToIsReckonedWith(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            people(press);
            Instant slot = Instant.parse("2026-12-01T22:00:00Z");
            Forecast forecast = forecasts(
                            press,
                            Map.of(
                                    Rates.provider("gmail"), List.of(RateLimit.of("1/d")),
                                    Rates.relay(press.relay.name()), List.of(RateLimit.of("2/h"))))
                    .planned(press.newsletter, slot)
                    .orElseThrow();
            assertThat(forecast.last()).isEqualTo(slot.plus(Duration.ofDays(1)));
            assertThat(forecast.late()).isEqualTo(1); // the second of gmail: the day's slot counts an hour more
            assertThat(forecast.providers().get(0).limit()).isEqualTo(Forecast.Limit.PROVIDER);
            assertThat(forecast.providers().get(1).last()).isAfterOrEqualTo(slot.plus(Duration.ofHours(1)));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatWasUsedOfADaysLimitIsReadFromTheRates(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            people(press);
            Map<RateKey, List<RateLimit>> limits = Map.of(Rates.provider("naver"), List.of(RateLimit.of("10/h")));
            Instant slot = press.clock.instant();
            assertThat(naver(press, limits, slot).limit()).isEqualTo(Forecast.Limit.PACE);
            new JdbiRates(press.database, handle -> slot)
                    .reserve(List.of(new RateAsk(Rates.provider("naver"), limits.get(Rates.provider("naver")), 10, 0)));
            assertThat(naver(press, limits, slot).last()).isAfterOrEqualTo(slot.plus(Duration.ofHours(1)));
            assertThat(naver(press, limits, slot).limit()).isEqualTo(Forecast.Limit.PROVIDER);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatAPauseGaveBackIsLeftToo(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            people(press);
            StartOutcome outcome = press.editions.start(press.newsletter, press.issue(), Duration.ZERO, seen -> {});
            Edition edition = ((StartOutcome.Started) outcome).edition();
            press.database
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "update delivery set next_attempt_at = ? where edition_id = ? and provider = 'naver'",
                            press.clock.instant(),
                            edition.id().value()));
            assertThat(forecasts(press).live(edition).orElseThrow().providers())
                    .extracting(Forecast.ByProvider::provider)
                    .contains("naver");
        }
    }

    private static Forecast.ByProvider naver(Press press, Map<RateKey, List<RateLimit>> limits, Instant from) {
        return forecasts(press, limits).planned(press.newsletter, from).orElseThrow().providers().stream()
                .filter(provider -> provider.provider().equals("naver"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aPausedProviderIsNotForeseen(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            people(press);
            StartOutcome outcome = press.editions.start(press.newsletter, press.issue(), Duration.ZERO, seen -> {});
            Edition edition = ((StartOutcome.Started) outcome).edition();
            press.database
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "update edition_provider set paused_at = ? where edition_id = ? and provider = 'gmail'",
                            press.clock.instant(),
                            edition.id().value()));
            assertThat(forecasts(press).live(edition).orElseThrow().providers())
                    .extracting(Forecast.ByProvider::provider)
                    .containsExactlyInAnyOrder("naver", "other");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anEditionIsForeseenFromNowWithWhatIsLeft(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            people(press);
            StartOutcome outcome = press.editions.start(press.newsletter, press.issue(), Duration.ZERO, seen -> {});
            Edition edition = ((StartOutcome.Started) outcome).edition();
            press.database
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "update delivery set state = 'accepted' where edition_id = ? and provider = 'gmail'",
                            edition.id().value()));
            Forecast forecast = forecasts(press).live(edition).orElseThrow();
            assertThat(forecast.providers())
                    .extracting(Forecast.ByProvider::provider)
                    .containsExactlyInAnyOrder("naver", "other");
            press.editions.pause(edition.issue(), "");
            assertThat(forecasts(press)
                            .live(press.editions.find(edition.issue()).orElseThrow()))
                    .isEmpty();
        }
    }
}
