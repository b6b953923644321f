package dev.rooster.subscriber.csv;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetSafeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"=HYPERLINK(\"http://x\")", "-1+1", "+82-10-1234-5678", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1"
            })
    void whatASpreadsheetWouldRunBeginsWithAnApostrophe(String field) {
        assertThat(SpreadsheetSafe.escape(field)).isEqualTo("'" + field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kim", "'tis", "010-1234-5678", "a=b", "O'Brien", "''"})
    void everythingElseStaysAsItIs(String field) {
        assertThat(SpreadsheetSafe.escape(field)).isEqualTo(field);
        assertThat(SpreadsheetSafe.unescape(field)).isEqualTo(field);
    }

    @Property
    void readingBackUndoesWriting(@ForAll("nasty") String field) {
        assertThat(SpreadsheetSafe.unescape(SpreadsheetSafe.escape(field))).isEqualTo(field);
        assertThat(SpreadsheetSafe.escape(field)).doesNotMatch("(?s)[=+\\-@\t\r].*");
    }

    @Provide
    Arbitrary<String> nasty() {
        return Arbitraries.strings().withChars("'=+-@\t\rab＝ ").ofMaxLength(6);
    }
}
