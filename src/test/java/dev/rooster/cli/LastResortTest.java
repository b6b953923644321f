package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastResortTest {
    private static final Instant NOON = Instant.parse("2026-12-01T03:00:00Z");

    @Test
    void aDatabaseThatStaysAwayIsToldOnceAnHour() {
        List<String> told = new ArrayList<>();
        LastResort resort = new LastResort(Optional.of((newsletter, subject, body, at) -> told.add(subject)));
        for (int minute = 0; minute <= 70; minute++) {
            Instant now = NOON.plus(Duration.ofMinutes(minute));
            assertThatThrownBy(() -> resort.watch(now, () -> {
                        throw new IllegalStateException("gone");
                    }))
                    .hasMessage("gone");
        }
        assertThat(told).hasSize(2);
    }

    @Test
    void aHiccupIsNotTold() {
        List<String> told = new ArrayList<>();
        LastResort resort = new LastResort(Optional.of((newsletter, subject, body, at) -> told.add(subject)));
        for (int minute = 0; minute < 10; minute++) {
            boolean fails = minute % 3 != 0;
            try {
                resort.watch(NOON.plus(Duration.ofMinutes(minute)), () -> {
                    if (fails) {
                        throw new IllegalStateException("gone");
                    }
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("gone");
            }
        }
        assertThat(told).isEmpty();
    }
}
