package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.language.Language;
import java.text.Normalizer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kim@naver.com",
                "kim.min-su+news@mail.example.co.kr",
                "o'brien@example.com",
                "a@b.kr",
                "1@example.com",
                "x_%!#$&*/=?^`{|}~@example.com",
                "user01@localhost",
                "user@xn--vv4b11d.kr"
            })
    void acceptsAndKeepsOrdinaryAddresses(String text) {
        assertThat(EmailAddress.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "|EMPTY",
                "kim|NO_AT",
                "kim@naver@com|SEVERAL_ATS",
                "@naver.com|LOCAL_EMPTY",
                "kim@|DOMAIN_EMPTY",
                "kim @naver.com|WHITE_SPACE",
                "kim@naver com|WHITE_SPACE",
                "김민수 <kim@naver.com>|DISPLAY_NAME",
                "\"kim min\"@naver.com|LOCAL_QUOTED",
                ".kim@naver.com|LOCAL_DOTS",
                "kim.@naver.com|LOCAL_DOTS",
                "kim..min@naver.com|LOCAL_DOTS",
                "kim(comment)@naver.com|LOCAL_CHARACTER",
                "kim,lee@naver.com|LOCAL_CHARACTER",
                "kim@naver|DOMAIN_WITHOUT_DOT",
                "kim@naver..com|DOMAIN_DOTS",
                "kim@.naver.com|DOMAIN_DOTS",
                "kim@naver.com.|DOMAIN_DOTS",
                "kim@[192.0.2.1]|DOMAIN_LITERAL",
                "kim@192.0.2.1|DOMAIN_NUMERIC",
                "kim@na_ver.com|DOMAIN_CHARACTER",
                "kim@naver,com|DOMAIN_CHARACTER",
                "kim@-naver.com|DOMAIN_HYPHEN",
                "kim@naver-.com|DOMAIN_HYPHEN",
                "kim@xn--.com|DOMAIN_HYPHEN"
            })
    void namesTheProblem(String text, AddressProblem problem) {
        assertThat(EmailAddress.check(text)).isEqualTo(new AddressCheck.Invalid(text == null ? "" : text, problem));
    }

    @Test
    void enforcesTheLengthsOfRfc5321() {
        String local64 = "l".repeat(64);
        String label63 = "d".repeat(63);
        assertThat(EmailAddress.of(local64 + "@example.com").local()).hasSize(64);
        assertThat(problemOf("l".repeat(65) + "@example.com")).isEqualTo(AddressProblem.LOCAL_TOO_LONG);
        assertThat(problemOf("가".repeat(22) + "@example.com")).isEqualTo(AddressProblem.LOCAL_TOO_LONG);
        assertThat(EmailAddress.of("a@" + label63 + ".com").domain()).hasSize(67);
        assertThat(problemOf("a@" + label63 + "d.com")).isEqualTo(AddressProblem.DOMAIN_TOO_LONG);
        assertThat(problemOf("a@" + (label63 + ".").repeat(4) + "com")).isEqualTo(AddressProblem.DOMAIN_TOO_LONG);
        String total254 = local64 + "@" + label63 + "." + label63 + "." + "d".repeat(57) + ".com";
        assertThat(EmailAddress.of(total254).text()).hasSize(254);
        assertThat(problemOf(total254.replace(".com", "d.com"))).isEqualTo(AddressProblem.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kim\r\nBcc: x@y.com",
                "kim@naver.com\r\nRCPT TO:<x@y.com>",
                "kim@na\u0000ver.com",
                "kim\u2028@naver.com",
                "kim@naver.com\u0085x"
            })
    void refusesWhatCouldSmuggleInACommandOrHeader(String text) {
        assertThat(problemOf(text)).isEqualTo(AddressProblem.CONTROL_CHARACTER);
    }

    @Test
    void turnsInternationalDomainsIntoALabels() {
        EmailAddress address = EmailAddress.of("User@예시.한국");
        assertThat(address.text()).isEqualTo("User@xn--vv4b11d.xn--3e0b707e");
        assertThat(address.needsSmtpUtf8()).isFalse();
        assertThat(EmailAddress.of("user@예시。한국")).isEqualTo(address);
        assertThat(EmailAddress.of("user@NAVER.Com").text()).isEqualTo("user@naver.com");
    }

    @Test
    void tellsThatAKoreanLocalPartNeedsSmtpUtf8() {
        EmailAddress address = EmailAddress.of("사용자@예시.한국");
        assertThat(address.needsSmtpUtf8()).isTrue();
        assertThat(address.local()).isEqualTo("사용자");
    }

    @Test
    void comparesByCaseAndUnicodeFormAndNothingElse() {
        assertThat(EmailAddress.of(" Kim@Naver.com ")).isEqualTo(EmailAddress.of("kim@naver.com"));
        assertThat(EmailAddress.of(" Kim@Naver.com ").text()).isEqualTo("Kim@naver.com");
        String decomposed = Normalizer.normalize("사용자@example.com", Normalizer.Form.NFD);
        assertThat(EmailAddress.of(decomposed)).isEqualTo(EmailAddress.of("사용자@example.com"));
        assertThat(EmailAddress.of("k.im@gmail.com")).isNotEqualTo(EmailAddress.of("kim@gmail.com"));
        assertThat(EmailAddress.of("kim+a@gmail.com")).isNotEqualTo(EmailAddress.of("kim@gmail.com"));
    }

    @Test
    void masksAllButTheFirstLetters() {
        assertThat(EmailAddress.of("kim@naver.com").masked()).isEqualTo("k***@n***.com");
        assertThat(EmailAddress.of("kim@mail.naver.co.kr")).hasToString("k***@m***.kr");
        assertThat(EmailAddress.of("a@localhost").masked()).isEqualTo("a***@l***");
    }

    @Test
    void theExceptionForABadAddressDoesNotShowIt() {
        assertThatThrownBy(() -> EmailAddress.of("secret.person"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NO_AT")
                .hasMessageNotContaining("secret");
    }

    @Property
    void neverThrowsAndWhatItAcceptsIsStableAndSafe(@ForAll String noise) {
        for (String text : new String[] {noise, noise + "@example.com", "a@" + noise + ".com"}) {
            if (EmailAddress.check(text) instanceof AddressCheck.Valid valid) {
                EmailAddress address = valid.address();
                assertThat(EmailAddress.of(address.text())).isEqualTo(address);
                assertThat(EmailAddress.of(address.key()).key()).isEqualTo(address.key());
                assertThat(address.text()).doesNotContainPattern("[\\s\\p{Cntrl}<>,;:\\\\\"\\[\\]()]");
                assertThat(address.domain()).matches("[a-z0-9.-]+");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(AddressProblem.class)
    void everyProblemIsExplainedInBothLanguages(AddressProblem problem) {
        for (Language language : Language.values()) {
            String text = problem.text(language, "kim'{0}");
            assertThat(text).isNotBlank();
            if (problem != AddressProblem.EMPTY && problem != AddressProblem.CONTROL_CHARACTER) {
                assertThat(text).contains("kim'{0}");
            }
        }
    }

    private static AddressProblem problemOf(String text) {
        return ((AddressCheck.Invalid) EmailAddress.check(text)).problem();
    }
}
