package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SmtpReplyTest {

    @Test
    void takesCodeEnhancedCodeAndWordsApart() {
        SmtpReply reply = SmtpReply.parse("550 5.1.1 <x@y>: no such user\r\n");
        assertThat(reply).isEqualTo(new SmtpReply(550, "5.1.1", "<x@y>: no such user"));
        assertThat(reply).hasToString("550 5.1.1 <x@y>: no such user");
        assertThat(reply.firstDigit()).isEqualTo(5);
    }

    @Test
    void joinsTheLinesOfALongReply() {
        assertThat(SmtpReply.parse("421-4.7.28 too fast\r\n421-4.7.28 see our page\r\n421 4.7.28 - gsmtp"))
                .isEqualTo(new SmtpReply(421, "4.7.28", "too fast / see our page / - gsmtp"));
    }

    @Test
    void acceptsABareCode() {
        assertThat(SmtpReply.parse("250")).isEqualTo(new SmtpReply(250, null, ""));
        assertThat(SmtpReply.parse("250-ok\r\n250")).isEqualTo(new SmtpReply(250, null, "ok"));
    }

    @Test
    void doesNotTakeAVersionOrAddressForAnEnhancedCode() {
        assertThat(SmtpReply.parse("554 5.7.1.2 what").enhanced()).isNull();
        assertThat(SmtpReply.parse("554 10.0.0.1 is listed").enhanced()).isNull();
    }

    @Test
    void keepsControlCharactersOutAndTheTextShort() {
        assertThat(new SmtpReply(550, null, "a\r\nb\u0007c\u2028d").text()).isEqualTo("a b c d");
        assertThat(new SmtpReply(550, null, "가".repeat(600)).text())
                .hasSize(500)
                .endsWith("…");
        assertThat(new SmtpReply(550, null, null).text()).isEmpty();
    }

    @Test
    void refusesWhatIsNoReply() {
        assertThatThrownBy(() -> SmtpReply.parse("hello")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SmtpReply(99, null, "")).isInstanceOf(IllegalArgumentException.class);
    }
}
