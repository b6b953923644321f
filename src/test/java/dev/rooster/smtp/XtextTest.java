package dev.rooster.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class XtextTest {

    @Test
    void plusEqualsAndControlsAreEncodedAndNothingElse() {
        assertThat(Xtext.encode("QQ314159")).isEqualTo("QQ314159");
        assertThat(Xtext.encode("a+b=c d\u0001~!")).isEqualTo("a+2Bb+3Dc+20d+01~!");
        assertThatThrownBy(() -> Xtext.encode("é")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressesWithOtherLettersBecomeAscii() {
        assertThat(Xtext.encodeUtf8Address("사a+b@x.kr")).isEqualTo("\\x{C0AC}a\\x{2B}b@x.kr");
        assertThat(Xtext.encodeUtf8Address("😀@x.kr")).isEqualTo("\\x{1F600}@x.kr");
    }
}
