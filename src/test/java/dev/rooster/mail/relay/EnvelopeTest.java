package dev.rooster.mail.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.mail.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final EmailAddress KIM = EmailAddress.of("kim@naver.com");

    @Test
    void takesAVerpSenderAndTheNullSender() {
        String verp = "b+" + "a2".repeat(27) + "@bounce.example.com";
        assertThat(new Envelope(verp, KIM, "id-1", false, 0).mailFrom()).isEqualTo(verp);
        assertThat(new Envelope("", KIM, null, false, 0).mailFrom()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b@example.com>\r\nRCPT TO:<x@y.com",
                "b@example.com> SIZE=1",
                "not an address",
                "반송@example.com",
                "b@예시.한국",
                "b@Example.com"
            })
    void refusesASenderThatCouldNotStandInACommand(String mailFrom) {
        assertThatThrownBy(() -> new Envelope(mailFrom, KIM, null, false, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\r\nb", "가", ""})
    void refusesAnEnvelopeIdThatIsNotPrintable(String id) {
        assertThatThrownBy(() -> new Envelope("", KIM, id, false, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itsTextDoesNotShowTheRecipient() {
        assertThat(new Envelope("", KIM, null, false, 0).toString()).doesNotContain("kim@naver.com");
    }
}
