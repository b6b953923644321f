package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * At most so many messages in a length of time. By the second and by the minute they are spread evenly; by the hour and by the
 * day they may go at once, and no window of that length holds more.
 *
 * @param messages 1 to 999,999,999
 */
public record RateLimit(long messages, Period period) {
    /** How a limit is written, for people. */
    public static final String EXAMPLES = "50/s, 600/m, 20000/h, 50000/d";

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9_]{0,10})\\s*/\\s*(s|m|h|d)");
    static final long MESSAGES_MAX = 999_999_999;

    /** The length of time. */
    public enum Period {
        SECOND(Duration.ofSeconds(1), Duration.ofSeconds(1)),
        MINUTE(Duration.ofMinutes(1), Duration.ofSeconds(1)),
        HOUR(Duration.ofHours(1), Duration.ofMinutes(5)),
        DAY(Duration.ofDays(1), Duration.ofHours(1));

        private final Duration length;
        private final Duration slot;

        Period(Duration length, Duration slot) {
            this.length = length;
            this.slot = slot;
        }

        Duration length() {
            return length;
        }

        /** How finely uses are counted: a message leaves its window at most so long too late. */
        Duration slot() {
            return slot;
        }

        /** The beginning of the slot that a message of this moment is counted in. */
        Instant slotAt(Instant now) {
            long seconds = slot.toSeconds();
            return Instant.ofEpochSecond(now.getEpochSecond() / seconds * seconds);
        }

        /** Uses of slots that began after this count: every slot that has a moment in the window. */
        Instant windowStart(Instant now) {
            return now.minus(length).minus(slot);
        }

        /** True when messages are spread evenly; else they are counted. */
        boolean spread() {
            return this == SECOND || this == MINUTE;
        }
    }

    public RateLimit {
        if (messages < 1 || messages > MESSAGES_MAX) {
            throw new IllegalArgumentException("a limit is 1 to 999,999,999 messages, found " + messages);
        }
    }

    /** @param text such as {@code 50/s}; IllegalArgumentException when it is none */
    public static RateLimit of(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a limit is written " + EXAMPLES + "; found " + text);
        }
        Period period = switch (matcher.group(2)) {
            case "s" -> Period.SECOND;
            case "m" -> Period.MINUTE;
            case "h" -> Period.HOUR;
            default -> Period.DAY;
        };
        return new RateLimit(Long.parseLong(matcher.group(1).replace("_", "")), period);
    }

    /** The time from one message to the next, for a limit that is spread. */
    Duration interval() {
        return period.length().dividedBy(messages);
    }

    @Override
    public String toString() {
        return messages + "/" + period.name().substring(0, 1).toLowerCase(Locale.ROOT);
    }
}
