package dev.rooster.issue;

import dev.rooster.language.Language;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;

/**
 * Names a week the way Korean newsletters do: {@code 26.12월 1주차}.
 *
 * <p>The declared rule is that of ISO 8601 (KS X ISO 8601): a week runs from Monday to Sunday and belongs to the month,
 * and the year, in which its Thursday lies. So Monday 30 November 2026 is in the first week of December.
 *
 * <p>The pattern is that of {@link DateTimeFormatter}, applied to that Thursday, with {@code W} for the number of the
 * week in its month. Latin letters that are meant as such stand in single quotes.
 */
public final class WeekLabel {
    private final DateTimeFormatter[] byWeek = new DateTimeFormatter[5];

    /**
     * @throws IllegalArgumentException when the pattern is none, saying why
     */
    public WeekLabel(String pattern, Language language) {
        for (int week = 1; week <= byWeek.length; week++) {
            byWeek[week - 1] = DateTimeFormatter.ofPattern(withWeek(pattern, week), language.locale());
            try {
                byWeek[week - 1].format(LocalDate.EPOCH);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("a week label can show parts of a date only: " + pattern, e);
            }
        }
    }

    /** The pattern used where the settings name none. */
    public static WeekLabel standard(Language language) {
        return new WeekLabel(language == Language.KO ? "yy.M월 W주차" : "MMMM yyyy, 'week' W", language);
    }

    public String of(LocalDate date) {
        LocalDate thursday =
                date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusDays(3);
        return byWeek[(thursday.getDayOfMonth() - 1) / 7].format(thursday);
    }

    private static String withWeek(String pattern, int week) {
        StringBuilder filled = new StringBuilder();
        boolean quoted = false;
        for (char c : pattern.toCharArray()) {
            quoted ^= c == '\'';
            filled.append(c == 'W' && !quoted ? String.valueOf(week) : String.valueOf(c));
        }
        return filled.toString();
    }
}
