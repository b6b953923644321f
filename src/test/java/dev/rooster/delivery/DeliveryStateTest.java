package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryStateTest {
    @Test
    void whatWasAcceptedStaysSo() {
        assertThat(Arrays.stream(DeliveryState.values()).filter(DeliveryState.ACCEPTED::mayBecome))
                .isEmpty();
    }

    @Test
    void nothingIsAcceptedThatWasNotMarkedAsBeingSent() {
        assertThat(Arrays.stream(DeliveryState.values()).filter(state -> state.mayBecome(DeliveryState.ACCEPTED)))
                .containsExactlyInAnyOrder(DeliveryState.SENDING, DeliveryState.UNCERTAIN);
    }

    @Test
    void onlyAClaimedRowIsMarkedAsBeingSent() {
        assertThat(Arrays.stream(DeliveryState.values()).filter(state -> state.mayBecome(DeliveryState.SENDING)))
                .containsExactly(DeliveryState.CLAIMED);
    }

    @Test
    void anOperatorSendsAgainWhatIsFinalAndNotAccepted() {
        assertThat(Arrays.stream(DeliveryState.values())
                        .filter(state -> state.isFinal(false) && state.mayBecome(DeliveryState.QUEUED)))
                .containsExactlyInAnyOrderElementsOf(ResendRows.STATES)
                .doesNotContain(DeliveryState.ACCEPTED);
    }

    @Test
    void aFinishedEditionIsOnlySentAgainAndACancelledOneNeverIs() {
        assertThat(Arrays.stream(EditionState.values()).filter(EditionState.FINISHED::mayBecome))
                .containsExactly(EditionState.SENDING);
        assertThat(Arrays.stream(EditionState.values()).filter(EditionState.CANCELLED::mayBecome))
                .isEmpty();
    }

    @Test
    void anUncertainRowIsFinalUnlessItWillBeResent() {
        assertThat(DeliveryState.UNCERTAIN.isFinal(false)).isTrue();
        assertThat(DeliveryState.UNCERTAIN.isFinal(true)).isFalse();
        assertThat(DeliveryState.DEFERRED.isFinal(false)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(DeliveryState.class)
    void theWordOfAStateLeadsBackToIt(DeliveryState state) {
        assertThat(DeliveryState.of(state.word())).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(DeliveryReason.class)
    void theWordOfAReasonFitsItsColumnAndLeadsBack(DeliveryReason reason) {
        assertThat(reason.word()).hasSizeLessThanOrEqualTo(24);
        assertThat(DeliveryReason.of(reason.word())).isEqualTo(reason);
    }
}
