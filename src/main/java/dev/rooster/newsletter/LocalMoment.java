package dev.rooster.newsletter;

import dev.rooster.language.Language;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** A moment in words: {@code 12월 2일(수) 07:00}, {@code Wed 2 Dec 07:00}, in the newsletter's zone. */
public final class LocalMoment {
    private LocalMoment() {}

    public static String of(Newsletter newsletter, Instant at, Language language) {
        String pattern = language == Language.KO ? "M월 d일(E) HH:mm" : "EEE d MMM HH:mm";
        return DateTimeFormatter.ofPattern(pattern, language.locale())
                .format(at.atZone(newsletter.settings().zone()));
    }
}
