package dev.rooster.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.newsletter.SlotCalendar.MoveProblem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlotCalendarTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static SlotCalendar calendar(String rule, ZoneId zone, Map<LocalDate, SlotChange> changes) {
        return new SlotCalendar(SlotRule.of(rule), zone, changes);
    }

    private static SlotCalendar seoul(Map<LocalDate, SlotChange> changes) {
        return calendar("WED 07:00", SEOUL, changes);
    }

    private static LocalDate date(String text) {
        return LocalDate.parse(text);
    }

    private static List<LocalDate> dates(List<Slot> slots) {
        return slots.stream().map(Slot::date).toList();
    }

    @Test
    void wednesdaySevenInSeoulIsTuesdayTenInTheEveningInUtc() {
        assertThat(seoul(Map.of()).next(Instant.parse("2026-11-24T06:00:00Z"), 2))
                .containsExactly(
                        new Slot(date("2026-11-25"), Instant.parse("2026-11-24T22:00:00Z")),
                        new Slot(date("2026-12-02"), Instant.parse("2026-12-01T22:00:00Z")));
    }

    @Test
    void theSlotOfThisVeryMomentIsNotTheNextOne() {
        assertThat(dates(seoul(Map.of()).next(Instant.parse("2026-11-24T22:00:00Z"), 1)))
                .containsExactly(date("2026-12-02"));
        assertThat(dates(seoul(Map.of()).next(Instant.parse("2026-11-24T21:59:59.999999Z"), 1)))
                .containsExactly(date("2026-11-25"));
    }

    @Test
    void aSkippedDateIsLeftOut() {
        assertThat(dates(seoul(Map.of(date("2026-11-25"), new SlotChange.Skipped()))
                        .next(Instant.parse("2026-11-24T06:00:00Z"), 2)))
                .containsExactly(date("2026-12-02"), date("2026-12-09"));
    }

    @Test
    void aMovedDateAppearsOnTheOtherDate() {
        Map<LocalDate, SlotChange> changes = Map.of(
                date("2026-11-25"), new SlotChange.MovedTo(date("2026-11-27")),
                date("2026-11-27"), new SlotChange.Added());

        assertThat(seoul(changes).next(Instant.parse("2026-11-24T06:00:00Z"), 2))
                .containsExactly(
                        new Slot(date("2026-11-27"), Instant.parse("2026-11-26T22:00:00Z")),
                        new Slot(date("2026-12-02"), Instant.parse("2026-12-01T22:00:00Z")));
    }

    @Test
    void whatWasMovedBackIsWhereItWas() {
        Map<LocalDate, SlotChange> changes = Map.of(
                date("2026-11-25"), new SlotChange.Added(),
                date("2026-11-27"), new SlotChange.MovedTo(date("2026-11-25")));

        assertThat(dates(seoul(changes).next(Instant.parse("2026-11-24T06:00:00Z"), 2)))
                .containsExactly(date("2026-11-25"), date("2026-12-02"));
    }

    @Test
    void theTimeThatTheClocksJumpOverFiresAtTheJump() {
        SlotCalendar calendar = calendar("SUN 02:30", NEW_YORK, Map.of()); // 2026-03-08: 02:00 EST is 03:00 EDT

        assertThat(calendar.instantOf(date("2026-03-08"))).isEqualTo("2026-03-08T07:00:00Z");
        assertThat(dates(
                        calendar.between(Instant.parse("2026-03-08T00:00:00Z"), Instant.parse("2026-03-09T00:00:00Z"))))
                .containsExactly(date("2026-03-08"));
    }

    @Test
    void theTimeThatHappensTwiceFiresTheFirstTimeOnly() {
        SlotCalendar calendar = calendar("SUN 01:30", NEW_YORK, Map.of()); // 2026-11-01: 01:30 EDT, then 01:30 EST

        assertThat(calendar.instantOf(date("2026-11-01"))).isEqualTo("2026-11-01T05:30:00Z");
        assertThat(dates(calendar.next(Instant.parse("2026-11-01T05:30:00Z"), 1)))
                .containsExactly(date("2026-11-08"));
    }

    @Test
    void aDateThatTheZoneLeavesOutFiresAtTheJump() {
        SlotCalendar calendar = calendar("FRI 07:00", ZoneId.of("Pacific/Apia"), Map.of()); // no 2011-12-30 in Samoa

        assertThat(calendar.next(Instant.parse("2011-12-29T20:00:00Z"), 1))
                .containsExactly(new Slot(date("2011-12-30"), Instant.parse("2011-12-30T10:00:00Z")));
    }

    @Test
    void whatALateProcessHasToAnswerForIsListedInOrder() {
        assertThat(dates(seoul(Map.of())
                        .between(Instant.parse("2026-11-10T22:00:00Z"), Instant.parse("2026-11-24T22:00:00Z"))))
                .containsExactly(date("2026-11-18"), date("2026-11-25"));
    }

    @Test
    void whenEveryDateIsSkippedTheSearchEnds() {
        Map<LocalDate, SlotChange> all = new HashMap<>();
        date("2026-11-01").datesUntil(date("2030-11-01")).forEach(day -> all.put(day, new SlotChange.Skipped()));

        assertThat(seoul(all).next(Instant.parse("2026-11-24T06:00:00Z"), 1)).isEmpty();
    }

    @Test
    void aMoveIsRefusedWithItsReason() {
        SlotCalendar calendar = seoul(Map.of());
        Instant now = Instant.parse("2026-11-24T06:00:00Z");

        assertThat(calendar.problemOfMove(date("2026-11-25"), date("2026-11-27"), now))
                .isEmpty();
        assertThat(calendar.problemOfMove(date("2026-11-26"), date("2026-11-27"), now))
                .contains(MoveProblem.NO_SLOT);
        assertThat(calendar.problemOfMove(date("2026-11-25"), date("2026-12-02"), now))
                .contains(MoveProblem.TAKEN);
        assertThat(calendar.problemOfMove(date("2026-11-25"), date("2026-11-25"), now))
                .contains(MoveProblem.TAKEN);
        assertThat(calendar.problemOfMove(date("2026-11-25"), date("2026-11-24"), now))
                .contains(MoveProblem.INTO_THE_PAST);
        assertThat(calendar.problemOfMove(date("2026-11-18"), date("2026-11-27"), now))
                .contains(MoveProblem.ALREADY_FIRED);
    }

    @Property(tries = 200)
    void walkingSlotBySlotVisitsEachDateOfTheRuleOnceInEveryZone(
            @ForAll @IntRange(min = 0, max = 23) int hour, @ForAll @IntRange(min = 0, max = 400) int zoneIndex) {
        List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        SlotCalendar calendar =
                calendar("SUN,WED %02d:30".formatted(hour), ZoneId.of(zones.get(zoneIndex % zones.size())), Map.of());
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        Set<LocalDate> seen = new HashSet<>();

        for (int i = 0; i < 104; i++) {
            Slot slot = calendar.next(at, 1).get(0);
            assertThat(slot.at()).isAfter(at);
            assertThat(seen.add(slot.date())).isTrue();
            at = slot.at();
        }
        assertThat(seen).hasSize(104);
        assertThat(at).isBetween(Instant.parse("2026-12-24T00:00:00Z"), Instant.parse("2027-01-04T00:00:00Z"));
    }
}
