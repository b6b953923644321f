package dev.rooster.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlotDecisionTest {

    private static final Instant PLANNED = Instant.parse("2026-12-01T22:00:00Z");
    private static final Duration CATCH_UP = Duration.ofHours(3);

    private static SlotDecision after(Duration late) {
        return SlotDecision.of(PLANNED, PLANNED.plus(late), CATCH_UP);
    }

    @Test
    void aSlotWaitsForItsTime() {
        assertThat(after(Duration.ofSeconds(-90))).isEqualTo(new SlotDecision.Wait(Duration.ofSeconds(90)));
    }

    @Test
    void aSlotOnTimeOrLessThanTheCatchUpLateIsSent() {
        assertThat(after(Duration.ZERO)).isEqualTo(new SlotDecision.Send(Duration.ZERO));
        assertThat(after(CATCH_UP.minusNanos(1))).isEqualTo(new SlotDecision.Send(CATCH_UP.minusNanos(1)));
    }

    @Test
    void aSlotLateByTheCatchUpOrMoreIsHeld() {
        assertThat(after(CATCH_UP)).isEqualTo(new SlotDecision.Hold(CATCH_UP));
        assertThat(after(Duration.ofDays(9))).isEqualTo(new SlotDecision.Hold(Duration.ofDays(9)));
    }

    @Test
    void withoutCatchUpTheMinuteOfTheSlotIsStillOnTime() {
        assertThat(SlotDecision.of(PLANNED, PLANNED.plusSeconds(59), Duration.ZERO))
                .isEqualTo(new SlotDecision.Send(Duration.ofSeconds(59)));
        assertThat(SlotDecision.of(PLANNED, PLANNED.plusSeconds(60), Duration.ZERO))
                .isEqualTo(new SlotDecision.Hold(Duration.ofSeconds(60)));
    }
}
