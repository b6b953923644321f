package dev.rooster.newsletter;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.stream.Collectors;

/** Says a slot rule in words, for readers: "매주 수요일 오전 7시", "every Wednesday at 7:00 AM". */
public final class SlotWords {

    private SlotWords() {}

    /** The rule in {@code language}, without a full stop. */
    public static String of(SlotRule rule, Language language) {
        Messages messages = Messages.of(SlotWords.class, language);
        String time = time(rule.time(), language);
        if (rule.days().size() == DayOfWeek.values().length) {
            return messages.text("slot-words.daily", time);
        }
        return messages.text("slot-words.weekly", days(rule, language), time);
    }

    private static String days(SlotRule rule, Language language) {
        return switch (language) {
            case KO ->
                rule.days().stream()
                        .map(day -> day.getDisplayName(TextStyle.SHORT, language.locale()))
                        .collect(Collectors.joining("·", "", "요일"));
            case EN ->
                rule.days().stream()
                        .map(day -> day.getDisplayName(TextStyle.FULL, language.locale()))
                        .collect(Collectors.joining(" and "));
        };
    }

    private static String time(LocalTime time, Language language) {
        String pattern = switch (language) {
            case KO -> time.getMinute() == 0 ? "a h시" : "a h시 m분";
            case EN -> "h:mm a";
        };
        return DateTimeFormatter.ofPattern(pattern, language.locale()).format(time);
    }
}
