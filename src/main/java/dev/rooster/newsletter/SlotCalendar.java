package dev.rooster.newsletter;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The slots of one newsletter: a weekly rule in a zone, with the dates that an operator skipped, moved or added.
 *
 * <p>When clocks change, a date still has exactly one slot. A time that the clocks jump over (02:30 on a night that goes from 02:00
 * to 03:00) fires at the jump, the first moment that comes after it; a time that happens twice fires the first time.
 *
 * <p>Immutable and pure: the same arguments give the same slots on every machine.
 */
public final class SlotCalendar {

    /** How far {@link #next} looks: years without a slot mean that every date was skipped. */
    private static final int DAYS_MAX = 3 * 366;

    private final SlotRule rule;
    private final ZoneId zone;
    private final Map<LocalDate, SlotChange> changes;

    public SlotCalendar(SlotRule rule, ZoneId zone, Map<LocalDate, SlotChange> changes) {
        this.rule = rule;
        this.zone = zone;
        this.changes = Map.copyOf(changes);
    }

    /** Whether a slot exists on {@code date}. */
    public boolean hasSlotOn(LocalDate date) {
        SlotChange change = changes.get(date);
        return change == null ? rule.on(date.getDayOfWeek()) : change instanceof SlotChange.Added;
    }

    /** The slot on {@code date}, if there is one. */
    public Optional<Slot> find(LocalDate date) {
        return hasSlotOn(date) ? Optional.of(new Slot(date, instantOf(date))) : Optional.empty();
    }

    /** The first {@code count} slots that fire after {@code after} (exclusive), in order; fewer if three years hold fewer. */
    public List<Slot> next(Instant after, int count) {
        LocalDate first = LocalDate.ofInstant(after, zone)
                .minusDays(1); // a date that a zone leaves out fires on the day before or after
        List<Slot> found = new ArrayList<>();
        for (int day = 0; day < DAYS_MAX && found.size() < count; day++) {
            find(first.plusDays(day)).filter(slot -> slot.at().isAfter(after)).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** The slots that fired after {@code after} (exclusive) and up to {@code until} (inclusive), in order: what a late process has to answer for. */
    public List<Slot> between(Instant after, Instant until) {
        LocalDate last = LocalDate.ofInstant(until, zone).plusDays(1);
        return LocalDate.ofInstant(after, zone)
                .minusDays(1)
                .datesUntil(last.plusDays(1))
                .flatMap(date -> find(date).stream())
                .filter(slot -> slot.at().isAfter(after) && !slot.at().isAfter(until))
                .toList();
    }

    /** When the rule's time comes on {@code date}, whether or not there is a slot. */
    public Instant instantOf(LocalDate date) {
        LocalDateTime local = date.atTime(rule.time());
        ZoneOffsetTransition jump = zone.getRules().getTransition(local);
        return jump != null && jump.isGap()
                ? jump.getInstant()
                : local.atZone(zone).toInstant(); // an overlap takes the earlier offset
    }

    /** What stands in the way of moving the slot on {@code from} to {@code to}; empty when it may be moved. */
    public Optional<MoveProblem> problemOfMove(LocalDate from, LocalDate to, Instant now) {
        if (!hasSlotOn(from)) {
            return Optional.of(MoveProblem.NO_SLOT);
        }
        if (!instantOf(from).isAfter(now)) {
            return Optional.of(MoveProblem.ALREADY_FIRED);
        }
        if (!instantOf(to).isAfter(now)) {
            return Optional.of(MoveProblem.INTO_THE_PAST);
        }
        return hasSlotOn(to) ? Optional.of(MoveProblem.TAKEN) : Optional.empty();
    }

    /** Why a slot can't be moved. Texts: {@code slot-move.…} in this package's messages. */
    public enum MoveProblem {
        NO_SLOT,
        ALREADY_FIRED,
        INTO_THE_PAST,
        /** The other date has a slot of its own: a date never has two. */
        TAKEN
    }
}
