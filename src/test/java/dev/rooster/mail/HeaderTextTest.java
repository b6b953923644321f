package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    @Provide
    Arbitrary<String> lines() {
        return MailTexts.lines();
    }

    @Property(tries = 1000)
    void anySubjectIsFoldedEncodedAndReadBack(@ForAll("lines") String subject) throws Exception {
        StringBuilder out = new StringBuilder("Subject: ");
        HeaderText.appendUnstructured(out, subject);
        String value = assertFolded(out, "Subject");
        assertThat(StrictMime.decodeHeader(value)).isEqualTo(subject);
        assertThat(MimeUtility.decodeText(MimeUtility.unfold(value))).isEqualTo(subject);
    }

    @Property(tries = 1000)
    void anyNameIsAPhraseBesideTheAddress(@ForAll("lines") String name) throws Exception {
        StringBuilder out = new StringBuilder("To: ");
        HeaderText.appendMailbox(out, name, "kim.minsu@mail.example.co.kr");
        String value = assertFolded(out, "To");
        assertThat(value).doesNotContainPattern("\"[^\"]*=\\?");
        InternetAddress[] parsed = InternetAddress.parseHeader(MimeUtility.unfold(value), true);
        assertThat(parsed).hasSize(1);
        assertThat(parsed[0].getAddress()).isEqualTo("kim.minsu@mail.example.co.kr");
        assertThat(parsed[0].getPersonal() == null ? "" : parsed[0].getPersonal())
                .isEqualTo(name);
    }

    @Test
    void fifteenSyllablesFitIntoAWord() {
        StringBuilder out = new StringBuilder("Subject: ");
        HeaderText.appendUnstructured(out, "가".repeat(43));
        String[] lines = out.toString().split("\r\n ");
        assertThat(lines).hasSize(3);
        assertThat(StrictMime.decodeHeader(lines[1])).isEqualTo("가".repeat(15));
    }

    @Test
    void plainNamesStayReadable() {
        assertThat(mailbox("AI Weekly")).isEqualTo("AI Weekly <a@b.kr>");
        assertThat(mailbox("Kim, Min \"Su\" \\")).isEqualTo("\"Kim, Min \\\"Su\\\" \\\\\" <a@b.kr>");
        assertThat(mailbox("")).isEqualTo("a@b.kr");
        assertThat(mailbox(null)).isEqualTo("a@b.kr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "이름\r\nBcc: x@y.com",
                "a\nb",
                "a\rb",
                "a\u0000",
                "a\u2028b",
                "a\u2029b",
                "a\u0085b",
                "a\tb",
                "\ud83d",
                "\udc4da"
            })
    void whatCouldStartAnotherHeaderIsRefusedFromTheSettingsAndBlankInAName(String value) {
        assertThatThrownBy(() -> HeaderText.requireSafe("Subject", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+");
        String cleaned = HeaderText.clean(value);
        assertThat(HeaderText.requireSafe("To", cleaned)).isEqualTo(cleaned);
        assertThat(mailbox(cleaned)).doesNotContain("\r", "\n", "\u0000");
    }

    private static String mailbox(String name) {
        StringBuilder out = new StringBuilder("To: ");
        HeaderText.appendMailbox(out, name, "a@b.kr");
        return out.substring(4);
    }

    private static String assertFolded(StringBuilder out, String name) {
        String field = out.toString();
        assertThat(field).startsWith(name + ": ");
        for (String line : field.split("\r\n", -1)) {
            assertThat(line).hasSizeLessThanOrEqualTo(76).matches("[ -~]*");
            assertThat(field.equals(name + ": ") || !line.isBlank())
                    .as("no line of blanks only")
                    .isTrue();
        }
        assertThat(field.split("\r\n ", -1)[0]).isNotEqualTo(field.equals(name + ": ") ? "" : name + ": ");
        return field.substring(name.length() + 2);
    }
}
