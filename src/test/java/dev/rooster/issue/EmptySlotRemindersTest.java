package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.newsletter.Slot;
import dev.rooster.newsletter.WorkingDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmptySlotRemindersTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Slot WEDNESDAY =
            new Slot(LocalDate.parse("2026-12-02"), Instant.parse("2026-12-01T22:00:00Z"));
    private static final Slot MONDAY = new Slot(LocalDate.parse("2026-12-07"), Instant.parse("2026-12-06T22:00:00Z"));

    /** The Tuesday before the Thursday below is a holiday. */
    private static final WorkingDays WORKING = new WorkingDays(Set.of(LocalDate.parse("2026-12-15")));

    private static final Slot THURSDAY = new Slot(LocalDate.parse("2026-12-17"), Instant.parse("2026-12-16T22:00:00Z"));

    private static int due(Slot slot, String now) {
        QueuePlan plan = new QueuePlan(List.of(new QueuePlan.Place(slot, Optional.empty())), List.of());
        return EmptySlotReminders.due(plan, SEOUL, WORKING, Instant.parse(now))
                .map(EmptySlotReminders.Reminder::number)
                .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T00:59:59Z,0",
        "2026-11-30T01:00:00Z,1",
        "2026-12-01T00:59:59Z,1",
        "2026-12-01T01:00:00Z,2",
        "2026-12-01T08:00:00Z,3",
        "2026-12-01T21:59:59Z,3",
        "2026-12-01T22:00:00Z,0"
    })
    void remindersComeOnTheTwoWorkingDaysBefore(String now, int number) {
        assertThat(due(WEDNESDAY, now)).isEqualTo(number);
    }

    @Test
    void nobodyIsRemindedAtTheWeekend() {
        assertThat(due(MONDAY, "2026-12-03T01:00:00Z")).isEqualTo(1);
        assertThat(due(MONDAY, "2026-12-04T01:00:00Z")).isEqualTo(2);
        assertThat(due(MONDAY, "2026-12-04T08:00:00Z")).isEqualTo(3);
        assertThat(due(MONDAY, "2026-12-05T08:00:00Z")).isEqualTo(3);
    }

    @Test
    void nobodyIsRemindedOnAHoliday() {
        assertThat(due(THURSDAY, "2026-12-14T01:00:00Z")).isEqualTo(1);
        assertThat(due(THURSDAY, "2026-12-15T08:00:00Z")).isEqualTo(1);
        assertThat(due(THURSDAY, "2026-12-16T01:00:00Z")).isEqualTo(2);
    }

    @Test
    void aSlotWithAnIssueNeedsNoReminder() {
        QueuePlan plan = new QueuePlan(List.of(new QueuePlan.Place(WEDNESDAY, Optional.of(new IssueId(1)))), List.of());
        assertThat(EmptySlotReminders.due(plan, SEOUL, WORKING, Instant.parse("2026-12-01T08:00:00Z")))
                .isEmpty();
    }
}
