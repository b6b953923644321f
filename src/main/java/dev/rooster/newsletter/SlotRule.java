package dev.rooster.newsletter;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a newsletter appears: one or more days of the week and one time of day, as in {@code WED 07:00} or
 * {@code TUE,FRI 07:00}. Days may be written in English ({@code WED}, {@code Wednesday}) or Korean ({@code 수}, {@code 수요일}).
 *
 * @param days at least one, in the order of the week; unmodifiable
 * @param time of day in the newsletter's zone, to the minute
 */
public record SlotRule(Set<DayOfWeek> days, LocalTime time) {

    /** Answer of {@link #check}. */
    public sealed interface Check permits Valid, Invalid {}

    /** The text is a rule. */
    public record Valid(SlotRule rule) implements Check {}

    /** The text is no rule; {@code found} is the part that is wrong. */
    public record Invalid(String found, Problem problem) implements Check {}

    /** Why a text is no rule. Texts: {@code slot-rule.…} in this package's messages. */
    public enum Problem {
        /** Expected days, a space and a time. */
        FORM,
        UNKNOWN_DAY,
        DAY_TWICE,
        BAD_TIME
    }

    private static final Map<String, DayOfWeek> DAY_NAMES = dayNames();

    public SlotRule {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a slot rule needs at least one day");
        }
        if (time.getSecond() != 0 || time.getNano() != 0) {
            throw new IllegalArgumentException("a slot rule is exact to the minute, found " + time);
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    /** Reads a rule as written in the settings. */
    public static Check check(String text) {
        String trimmed = text.strip();
        int space = trimmed.lastIndexOf(' ');
        if (space < 0) {
            return new Invalid(trimmed, Problem.FORM);
        }
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String word : trimmed.substring(0, space).split(",", -1)) {
            DayOfWeek day = DAY_NAMES.get(word.strip().toUpperCase(Locale.ROOT));
            if (day == null) {
                return new Invalid(word.strip(), Problem.UNKNOWN_DAY);
            }
            if (!days.add(day)) {
                return new Invalid(word.strip(), Problem.DAY_TWICE);
            }
        }
        String clock = trimmed.substring(space + 1);
        return timeOf(clock)
                .<Check>map(time -> new Valid(new SlotRule(days, time)))
                .orElseGet(() -> new Invalid(clock, Problem.BAD_TIME));
    }

    /**
     * The rule that {@code text} is.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static SlotRule of(String text) {
        Check check = check(text);
        if (check instanceof Invalid invalid) {
            throw new IllegalArgumentException(
                    "no slot rule: '" + text + "', " + invalid.problem() + " at '" + invalid.found() + "'");
        }
        return ((Valid) check).rule();
    }

    /** As it would be written in the settings: {@code TUE,FRI 07:00}. */
    public String text() {
        return days.stream().map(day -> day.name().substring(0, 3)).collect(Collectors.joining(",")) + " " + time;
    }

    /** {@code HH:MM}, or {@code H:MM} as people type it. */
    private static Optional<LocalTime> timeOf(String clock) {
        if (!clock.matches("[0-9]{1,2}:[0-9]{2}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalTime.parse(clock.length() == 4 ? "0" + clock : clock));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Map<String, DayOfWeek> dayNames() {
        Map<DayOfWeek, String> korean = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            korean.put(day, "월화수목금토일".substring(day.ordinal(), day.ordinal() + 1));
        }
        Map<String, DayOfWeek> names = new HashMap<>();
        korean.forEach((day, syllable) -> {
            names.put(syllable, day);
            names.put(syllable + "요일", day);
            names.put(day.name(), day);
            names.put(day.name().substring(0, 3), day);
        });
        return Map.copyOf(names);
    }

    /** Whether the rule names this day. */
    boolean on(DayOfWeek day) {
        return days.contains(day);
    }
}
