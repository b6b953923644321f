package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.language.Language;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeekLabelTest {
    @ParameterizedTest
    @CsvSource({
        "2024-03-13,24.3월 2주차",
        "2026-12-02,26.12월 1주차",
        "2026-11-30,26.12월 1주차",
        "2026-11-29,26.11월 4주차",
        "2027-01-01,26.12월 5주차",
        "2027-01-04,27.1월 1주차",
        "2025-01-01,25.1월 1주차"
    })
    void aWeekBelongsToTheMonthOfItsThursday(LocalDate date, String label) {
        assertThat(WeekLabel.standard(Language.KO).of(date)).isEqualTo(label);
    }

    @Test
    void thePatternIsTheWritersOwn() {
        LocalDate date = LocalDate.of(2026, 12, 2);
        assertThat(new WeekLabel("yyyy년 M월 W째 주", Language.KO).of(date)).isEqualTo("2026년 12월 1째 주");
        assertThat(new WeekLabel("'Week' W 'of' MMMM yyyy", Language.EN).of(date))
                .isEqualTo("Week 1 of December 2026");
    }

    @Test
    void aPatternThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new WeekLabel("yy.Q{", Language.KO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WeekLabel("HH:mm", Language.KO)).isInstanceOf(IllegalArgumentException.class);
    }
}
