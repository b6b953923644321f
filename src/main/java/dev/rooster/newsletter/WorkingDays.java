package dev.rooster.newsletter;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/**
 * The days on which people can be asked: Monday to Friday without the holidays of the settings. Pure.
 *
 * @param holidays dates in the newsletter's zone
 */
public record WorkingDays(Set<LocalDate> holidays) {

    /** A year in which nobody works is a mistake in the settings; the day before is taken then. */
    private static final int DAYS_MAX = 366;

    public WorkingDays {
        holidays = Set.copyOf(holidays);
    }

    public boolean contains(LocalDate date) {
        return date.getDayOfWeek() != DayOfWeek.SATURDAY
                && date.getDayOfWeek() != DayOfWeek.SUNDAY
                && !holidays.contains(date);
    }

    /** The last working day before {@code date}. */
    public LocalDate before(LocalDate date) {
        for (int days = 1; days <= DAYS_MAX; days++) {
            if (contains(date.minusDays(days))) {
                return date.minusDays(days);
            }
        }
        return date.minusDays(1);
    }
}
