package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant SLOT = Instant.parse("2026-12-01T22:00:00Z");
    private static final Duration TEN = Duration.ofMinutes(10);

    @Test
    void theCanaryIsOnePercentOrTwoHundredWhicheverIsMore() {
        CanarySettings settings = CanarySettings.defaults();
        assertThat(settings.size(150)).isEqualTo(150);
        assertThat(settings.size(20_000)).isEqualTo(200);
        assertThat(settings.size(30_001)).isEqualTo(301);
        assertThat(settings.size(1_000_000)).isEqualTo(10_000);
    }

    @Test
    void theCanaryLeavesAtOnceAndTheRestNotBeforeItHasPassed() {
        Pace pace = new Pace(1000, 200, null, null);
        assertThat(pace.waitsForCanary()).isTrue();
        assertThat(pace.releases(200, SLOT)).isTrue();
        assertThat(pace.releaseOf(201)).isNull();
        assertThat(new Pace(200, 200, null, null).waitsForCanary())
                .as("all of it is canary")
                .isFalse();
        assertThat(Pace.NONE.releases(1_000_000_000, SLOT)).isTrue();
    }

    @Test
    void theRestIsSpreadEvenlyAndEndsWithThePace() {
        Pace pace = Pace.afterCanary(1000, 200, SLOT, TEN, SLOT.plusSeconds(40));
        assertThat(pace.releaseOf(201)).isEqualTo(SLOT.plusSeconds(40));
        assertThat(pace.releaseOf(601)).isEqualTo(SLOT.plusSeconds(320));
        assertThat(pace.releaseOf(1000)).isBetween(SLOT.plusSeconds(599), SLOT.plusSeconds(600));
        for (long seq = 202; seq <= 1000; seq++) {
            assertThat(pace.releaseOf(seq)).isAfter(pace.releaseOf(seq - 1));
        }
    }

    @Test
    void aCanaryThatTookLongLeavesTheRestHalfThePace() {
        Instant late = SLOT.plusSeconds(3600);
        Pace pace = Pace.afterCanary(1000, 200, SLOT, TEN, late);
        assertThat(pace.restUntil()).isEqualTo(late.plusSeconds(300));
    }
}
