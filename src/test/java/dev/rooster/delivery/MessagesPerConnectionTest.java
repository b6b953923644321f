package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MessagesPerConnectionTest {
    private static final int UNKNOWN = Integer.MAX_VALUE;
    private static final Instant NOON = Instant.parse("2026-12-02T12:00:00Z");

    private final MessagesPerConnection known = new MessagesPerConnection();

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    @Test
    void isLearnedFromTwoConnectionsOfWhichOneFollowedTheOther() {
        known.ended(100, at(0), at(5));
        assertThat(known.max(at(5))).isEqualTo(UNKNOWN);
        known.ended(98, at(6), at(10));
        assertThat(known.max(at(10))).isEqualTo(98);
    }

    @Test
    void isNotLearnedFromConnectionsThatEndTogether() {
        known.ended(50, at(0), at(5));
        known.ended(50, at(1), at(5));
        known.ended(50, at(4), at(5));
        assertThat(known.max(at(5))).isEqualTo(UNKNOWN);
    }

    @Test
    void isNotLearnedFromCountsThatDiffer() {
        known.ended(100, at(0), at(5));
        known.ended(80, at(5), at(10));
        known.ended(100, at(10), at(15));
        assertThat(known.max(at(15))).isEqualTo(UNKNOWN);
    }

    @Test
    void isForgottenAfterADay() {
        known.ended(100, at(0), at(5));
        known.ended(100, at(5), at(10));
        assertThat(known.max(at(10 + 24 * 60 - 1))).isEqualTo(100);
        assertThat(known.max(at(10 + 24 * 60))).isEqualTo(UNKNOWN);
    }

    @Test
    void isForgottenWhenAConnectionEndsEarlierAndLearnedAnew() {
        known.ended(100, at(0), at(5));
        known.ended(100, at(5), at(10));
        known.ended(20, at(10), at(12));
        assertThat(known.max(at(12))).isEqualTo(UNKNOWN);
        known.ended(20, at(13), at(15));
        assertThat(known.max(at(15))).isEqualTo(20);
    }

    @Test
    void aHandfulOfMessagesTeachesNothing() {
        known.ended(3, at(0), at(5));
        known.ended(3, at(5), at(10));
        assertThat(known.max(at(10))).isEqualTo(UNKNOWN);
    }
}
