package dev.rooster.newsletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.newsletter.SlotRule.Invalid;
import dev.rooster.newsletter.SlotRule.Problem;
import java.time.DayOfWeek;
import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"WED 07:00", "wed 7:00", "Wednesday 07:00", "수 07:00", "수요일 07:00", "  WED   07:00 "})
    void oneDayIsReadHoweverItIsWritten(String text) {
        SlotRule rule = SlotRule.of(text);

        assertThat(rule.days()).containsExactly(DayOfWeek.WEDNESDAY);
        assertThat(rule.time()).isEqualTo(LocalTime.of(7, 0));
        assertThat(rule.text()).isEqualTo("WED 07:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TUE,FRI 07:00", "FRI, TUE 07:00", "금,화 07:00"})
    void severalDaysStandInTheOrderOfTheWeek(String text) {
        assertThat(SlotRule.of(text).text()).isEqualTo("TUE,FRI 07:00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WED            | FORM        | WED",
                "''             | FORM        | ''",
                "WED 25:00      | BAD_TIME    | 25:00",
                "WED 24:00      | BAD_TIME    | 24:00",
                "WED 07:60      | BAD_TIME    | 07:60",
                "WED 7          | BAD_TIME    | 7",
                "WED 07:00:30   | BAD_TIME    | 07:00:30",
                "WDE 07:00      | UNKNOWN_DAY | WDE",
                "TUE, 07:00     | UNKNOWN_DAY | ''",
                "TUE;FRI 07:00  | UNKNOWN_DAY | TUE;FRI",
                "TUE,화 07:00   | DAY_TWICE   | 화",
                "WED ０７:００  | BAD_TIME    | ０７:００",
            })
    void aWrongRuleNamesThePartThatIsWrong(String text, Problem problem, String found) {
        assertThat(SlotRule.check(text)).isEqualTo(new Invalid(found, problem));
        assertThatThrownBy(() -> SlotRule.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
