package dev.rooster.issue;

import dev.rooster.newsletter.Slot;
import dev.rooster.newsletter.WorkingDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When operators are told that a coming slot has no issue: two working days before at 10:00, one working day before at
 * 10:00 and at 17:00, in the newsletter's zone. Pure: who asks more often gets the same answer, and sends each reminder once
 * by its number.
 */
public final class EmptySlotReminders {
    private static final LocalTime MORNING = LocalTime.of(10, 0);
    private static final LocalTime EVENING = LocalTime.of(17, 0);

    private EmptySlotReminders() {}

    /**
     * A reminder that is due.
     *
     * @param slot the slot without an issue
     * @param number 1 to 3, unique for the slot
     */
    public record Reminder(Slot slot, int number) {}

    /**
     * The reminder due now for the next slot, if it has no issue. After an outage only the latest of several is given.
     *
     * @param plan of one newsletter, as it stands
     */
    public static Optional<Reminder> due(QueuePlan plan, ZoneId zone, WorkingDays working, Instant now) {
        return plan.places().stream()
                .filter(place -> place.slot().at().isAfter(now))
                .findFirst()
                .filter(place -> place.issue().isEmpty())
                .flatMap(place ->
                        number(place.slot(), zone, working, now).map(number -> new Reminder(place.slot(), number)));
    }

    private static Optional<Integer> number(Slot slot, ZoneId zone, WorkingDays working, Instant now) {
        LocalDate dayBefore = working.before(slot.date());
        List<Instant> times = Stream.of(
                        working.before(dayBefore).atTime(MORNING), dayBefore.atTime(MORNING), dayBefore.atTime(EVENING))
                .map(time -> time.atZone(zone).toInstant())
                .toList();
        long past = times.stream().filter(time -> !time.isAfter(now)).count();
        return past == 0 ? Optional.empty() : Optional.of((int) past);
    }
}
