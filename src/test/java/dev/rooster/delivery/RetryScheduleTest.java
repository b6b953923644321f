package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-12-01T22:00:00Z");
    private static final Instant TOMORROW = NOW.plus(Duration.ofHours(24));
    private final RetrySchedule schedule = new RetrySchedule(DeliverySettings.defaults());

    private Duration wait(int attempts, Duration hint, Instant expiresAt, long seed) {
        return Duration.between(
                NOW,
                schedule.next(NOW, attempts, Optional.ofNullable(hint), expiresAt, new Random(seed))
                        .orElseThrow());
    }

    @Test
    void theFirstWaitSatisfiesGreylistsAndNeverIsShorter() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(wait(1, null, TOMORROW, seed)).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(375));
        }
    }

    @Test
    void waitsDoubleUpToTheLongestOne() {
        for (int attempts = 1; attempts < 40; attempts++) {
            long minutes = Math.min(120, 5L << Math.min(attempts - 1, 10));
            assertThat(wait(attempts, null, TOMORROW.plus(Duration.ofDays(2)), attempts))
                    .isBetween(Duration.ofMinutes(minutes), Duration.ofSeconds(minutes * 75));
        }
    }

    @Test
    void theRelaysHintComesFirst() {
        assertThat(wait(6, Duration.ofMinutes(3), TOMORROW, 1))
                .isBetween(Duration.ofMinutes(3), Duration.ofSeconds(225));
        assertThat(wait(1, Duration.ofSeconds(1), TOMORROW, 1)).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(wait(1, Duration.ofHours(20), TOMORROW, 1)).isLessThanOrEqualTo(Duration.ofMinutes(150));
    }

    @Test
    void aLastTryIsMadeShortlyBeforeTheEnd() {
        assertThat(wait(6, null, NOW.plus(Duration.ofMinutes(30)), 1))
                .isEqualTo(Duration.ofMinutes(30).minus(RetrySchedule.BEFORE_EXPIRY));
    }

    @Test
    void withNoTimeForAnotherTryThereIsNone() {
        assertThat(schedule.next(NOW, 1, Optional.empty(), NOW.plus(Duration.ofMinutes(6)), new Random(1)))
                .isEmpty();
    }
}
