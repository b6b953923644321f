package dev.rooster.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.review.ReviewDecision.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewStandingTest {
    private static ReviewDecision decision(Kind kind, String by, String text) {
        return new ReviewDecision(kind, by, Instant.EPOCH, text, "");
    }

    @Test
    void theLastHoldCountsUntilSomebodyLetsItGo() {
        ReviewDecision hold = decision(Kind.HOLD, "a@b.kr", "1");
        assertThat(ReviewStanding.of(List.of(), "1").hold()).isEmpty();
        assertThat(ReviewStanding.of(List.of(decision(Kind.APPROVE, "c@b.kr", "1"), hold), "1"))
                .isEqualTo(new ReviewStanding(java.util.Optional.of(hold), List.of()));
        assertThat(ReviewStanding.of(List.of(hold, decision(Kind.APPROVE, "c@b.kr", "1")), "1")
                        .hold())
                .isEmpty();
        assertThat(ReviewStanding.of(List.of(hold, decision(Kind.RELEASE, "operator", "1")), "1")
                        .approved())
                .isTrue();
    }

    @Test
    void anApprovalOfAnotherTextIsNone() {
        assertThat(ReviewStanding.of(List.of(decision(Kind.APPROVE, "a@b.kr", "1")), "2")
                        .approved())
                .isFalse();
    }
}
