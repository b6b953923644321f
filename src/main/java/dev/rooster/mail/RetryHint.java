package dev.rooster.mail;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a reply's words ask to wait: "try again in 5 minutes", "retry in 00:04:52", "10분 후 다시". */
final class RetryHint {
    private static final Duration MAX = Duration.ofDays(1);
    private static final Pattern WORDS = Pattern.compile(
            "(?:try|retry|again|wait|back|greylisted|graylisted|greylisting"
                    + "|graylisting|deferred)\\b[^.\\d]{0,40}?(\\d{1,5}) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h)\\b");
    private static final Pattern CLOCK = Pattern.compile(
            "(?:try|retry|again|wait|back)\\b[^.\\d]{0,40}?(?:(\\d{1,2}):)?(\\d{1,2}):(\\d{2})\\b(?!:)");
    private static final Pattern KOREAN = Pattern.compile("(\\d{1,5}) ?(초|분|시간) ?(?:후|뒤|이후|동안)");

    private RetryHint() {}

    static Optional<Duration> in(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return words(lower).or(() -> clock(lower)).filter(d -> !d.isZero()).map(d -> d.compareTo(MAX) > 0 ? MAX : d);
    }

    private static Optional<Duration> words(String text) {
        for (Pattern pattern : new Pattern[] {WORDS, KOREAN}) {
            Matcher found = pattern.matcher(text);
            if (found.find()) {
                return Optional.of(duration(Long.parseLong(found.group(1)), found.group(2)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> clock(String text) {
        Matcher found = CLOCK.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        long hours = found.group(1) == null ? 0 : Long.parseLong(found.group(1));
        return Optional.of(Duration.ofHours(hours)
                .plusMinutes(Long.parseLong(found.group(2)))
                .plusSeconds(Long.parseLong(found.group(3))));
    }

    private static Duration duration(long number, String unit) {
        return switch (unit.charAt(0)) {
            case 's', '초' -> Duration.ofSeconds(number);
            case 'm', '분' -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
