package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VALUES ( /* 3 */ 'kim@naver.com' ) | VALUES ( /* 3 */ 'k***@n***.com' )",
                "rcpt=<Kim.Lee+x@mail.naver.com>: no | rcpt=<K***@m***.com>: no",
                "김@한글.한국 and b@c.de | 김***@x***.xn--3e0b707e and b***@c***.de",
                "java.base@17.0.15/java.lang.Thread | java.base@17.0.15/java.lang.Thread",
                "dev.rooster.Thing@1f2e3d | dev.rooster.Thing@1f2e3d",
                "nobody here | nobody here"
            })
    void addressesAreMaskedAndNothingElse(String text, String masked) {
        assertThat(MaskedText.of(text)).isEqualTo(masked);
    }

    @Test
    void noTextTakesLong() {
        String text = ("a".repeat(64) + "@" + "b.".repeat(40)).repeat(2_000) + "@".repeat(50_000) + "x".repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> MaskedText.of(text));
    }
}
