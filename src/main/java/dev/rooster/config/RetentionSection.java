package dev.rooster.config;

import dev.rooster.subscriber.RetentionSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part {@code retention:}. */
final class RetentionSection {
    private static final String OFF = "off";
    private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})\\s*d");

    private RetentionSection() {}

    static RetentionSettings read(Section section) {
        try (section) {
            return section.value(
                    "unsubscribed",
                    RetentionSettings.defaults(),
                    "off, 90 d (14 d–3650 d)",
                    RetentionSection::retention);
        }
    }

    private static RetentionSettings retention(String text) {
        if (text.equals(OFF)) {
            return RetentionSettings.defaults();
        }
        Matcher matcher = DAYS.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        return new RetentionSettings(Optional.of(Duration.ofDays(Long.parseLong(matcher.group(1)))));
    }
}
