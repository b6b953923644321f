package dev.rooster.delivery;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of the day in which nothing of a newsletter leaves.
 *
 * @param from the first moment of silence
 * @param until the first moment after it; before {@code from}: of the next day
 */
public record QuietHours(LocalTime from, LocalTime until) {
    private static final Pattern TEXT = Pattern.compile("(\\d\\d:\\d\\d)\\s*[-–]\\s*(\\d\\d:\\d\\d)");

    public QuietHours {
        if (from.equals(until)) {
            throw new IllegalArgumentException("quiet hours end at another time than they begin");
        }
    }

    /** @param text such as {@code 21:00-08:00}; IllegalArgumentException when it is none */
    public static QuietHours of(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("quiet hours are written 21:00-08:00; found " + text);
        }
        try {
            return new QuietHours(LocalTime.parse(matcher.group(1)), LocalTime.parse(matcher.group(2)));
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Whether this time of day is quiet. */
    public boolean contains(LocalTime time) {
        boolean afterFrom = !time.isBefore(from);
        boolean beforeUntil = time.isBefore(until);
        return from.isBefore(until) ? afterFrom && beforeUntil : afterFrom || beforeUntil;
    }

    /** When silence ends; null: it is not quiet now. A time that a change of clocks skips comes right after it. */
    public Instant end(Instant now, ZoneId zone) {
        ZonedDateTime local = now.atZone(zone);
        if (!contains(local.toLocalTime())) {
            return null;
        }
        ZonedDateTime end = local.toLocalDate().atTime(until).atZone(zone);
        return (end.toInstant().isAfter(now)
                        ? end
                        : local.toLocalDate().plusDays(1).atTime(until).atZone(zone))
                .toInstant();
    }
}
