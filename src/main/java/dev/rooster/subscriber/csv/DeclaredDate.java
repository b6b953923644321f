package dev.rooster.subscriber.csv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates of consent and refusal as spreadsheets and other services write them: year first, then month and day, with or without
 * a time: {@code 2024-02-01}, {@code 2024.2.1}, {@code 2024. 2. 1. 오후 3:05}, {@code 2024년 2월 1일}, {@code 2024-02-01
 * 09:00:00}, {@code 2024-02-01T09:00:00+09:00}. Day-first and month-first dates are refused: they can't be told apart.
 */
final class DeclaredDate {
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4})\\s?[-./년]\\s?(\\d{1,2})\\s?[-./월]\\s?(\\d{1,2})\\s?[.일]?"
                    + "(?:[T ]\\s?(오전|오후|AM|PM)?\\s?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s?(AM|PM)?"
                    + "\\s?(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?)?",
            Pattern.CASE_INSENSITIVE);

    private DeclaredDate() {}

    /**
     * @param zone where a date without a time zone is meant
     * @return empty when it is not such a date
     */
    static Optional<Instant> parse(String text, ZoneId zone) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.of(number(m, 1), number(m, 2), number(m, 3));
            LocalTime time = m.group(5) == null
                    ? LocalTime.MIDNIGHT
                    : LocalTime.of(
                            hour(number(m, 5), m.group(4) == null ? m.group(9) : m.group(4)),
                            number(m, 6),
                            m.group(7) == null ? 0 : number(m, 7),
                            nanos(m.group(8)));
            return Optional.of(
                    date.atTime(time).atZone(zoneOf(m.group(10), zone)).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    private static int nanos(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    private static int hour(int hour, String half) {
        if (half == null) {
            return hour;
        }
        if (hour < 1 || hour > 12) {
            throw new DateTimeException("hour of half a day");
        }
        boolean afternoon = half.equals("오후") || half.equalsIgnoreCase("PM");
        return hour % 12 + (afternoon ? 12 : 0);
    }

    private static ZoneId zoneOf(String offset, ZoneId otherwise) {
        if (offset == null) {
            return otherwise;
        }
        String upper = offset.toUpperCase(Locale.ROOT);
        return upper.equals("Z") || upper.equals("UTC") || upper.equals("GMT") ? ZoneOffset.UTC : ZoneOffset.of(upper);
    }
}
