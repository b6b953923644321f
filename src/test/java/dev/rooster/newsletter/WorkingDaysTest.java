package dev.rooster.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkingDaysTest {
    @Test
    void weekendsAndHolidaysAreNone() {
        WorkingDays days = new WorkingDays(Set.of(LocalDate.parse("2026-12-25"), LocalDate.parse("2026-12-24")));
        assertThat(days.before(LocalDate.parse("2026-12-28"))).isEqualTo("2026-12-23");
        assertThat(days.before(LocalDate.parse("2026-12-23"))).isEqualTo("2026-12-22");
        assertThat(days.contains(LocalDate.parse("2026-12-26"))).isFalse();
    }

    @Test
    void aYearOfHolidaysEndsTheSearch() {
        LocalDate slot = LocalDate.parse("2026-12-02");
        WorkingDays none = new WorkingDays(slot.minusDays(500).datesUntil(slot).collect(Collectors.toSet()));
        assertThat(none.before(slot)).isEqualTo("2026-12-01");
    }
}
