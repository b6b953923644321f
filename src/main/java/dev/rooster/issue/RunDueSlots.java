package dev.rooster.issue;

import dev.rooster.db.Database;
import dev.rooster.db.JdbiInstallation;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import dev.rooster.newsletter.SlotCalendar;
import dev.rooster.newsletter.SlotDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Answers for every slot whose time has come: starts its issue, holds it when it is too late, or notes that there was
 * none. Runs as often as anybody likes, on as many nodes as there are; each slot is answered once, in a transaction of
 * its own. Does nothing on a copied database that waits for an answer. Thread-safe.
 */
public final class RunDueSlots {
    /** How far back an outage is made up for; older slots are history that nobody asks about. */
    static final Duration LOOK_BACK = Duration.ofDays(35);

    private final Database database;
    private final SlotStarter starter;
    private final InstantSource clock;
    private final JdbiQueue queue = new JdbiQueue();
    private final JdbiSlots slots = new JdbiSlots();
    private final JdbiInstallation installation = new JdbiInstallation();

    public RunDueSlots(Database database, SlotStarter starter, InstantSource clock) {
        this.database = database;
        this.starter = starter;
        this.clock = clock;
    }

    /** Answers for the slots of these newsletters that are due now, in order of time. */
    public List<SlotResult> run(Iterable<Newsletter> newsletters) {
        List<SlotResult> results = new ArrayList<>();
        for (Newsletter newsletter : newsletters) {
            Optional<SlotResult> result = runOne(newsletter);
            while (result.isPresent()) {
                results.add(result.get());
                result = runOne(newsletter);
            }
        }
        return results;
    }

    /** The oldest slot whose time was before {@code before} and that nobody has answered for: something is wrong. */
    public Optional<Slot> overdue(Newsletter newsletter, Instant before) {
        return database.jdbi()
                .withHandle(handle -> installation.heldReason(handle).isPresent()
                        ? Optional.<Slot>empty()
                        : due(handle, newsletter, before));
    }

    /**
     * Starts an issue whose slot was held, because somebody answered: it goes now.
     *
     * @param anyTime also when it is later than the newsletter's catch-up time; else it stays held then
     * @return what became of the slot; empty when no slot is held for this issue, or it is too late
     */
    public Optional<SlotResult> release(Newsletter newsletter, IssueId issue, boolean anyTime) {
        return database.jdbi().inTransaction(handle -> {
            queue.lock(handle, newsletter.id());
            Instant now = clock.instant();
            if (installation.heldReason(handle).isPresent()) {
                return Optional.<SlotResult>empty();
            }
            return HeldSlot.find(handle, newsletter, issue)
                    .filter(slot -> anyTime
                            || SlotDecision.of(
                                            slot.at(),
                                            now,
                                            newsletter.settings().catchUp())
                                    instanceof SlotDecision.Send)
                    .map(slot -> startHeld(handle, newsletter, issue, slot, now));
        });
    }

    private SlotResult startHeld(Handle handle, Newsletter newsletter, IssueId issue, Slot slot, Instant now) {
        String refusal = starter.start(handle, newsletter, issue, slot);
        boolean started = refusal.isEmpty();
        if (!slots.answerAgain(handle, newsletter.id(), slot.date(), issue, started, now, refusal)) {
            throw new IllegalStateException("slot " + slot.date() + " of " + newsletter.name()
                    + " changed under the lock that guards it; nothing was changed");
        }
        return new SlotResult(
                newsletter, slot, started ? SlotState.STARTED : SlotState.HELD, Optional.of(issue), refusal);
    }

    /** The oldest slot that is due and unanswered, answered; empty when there is none. */
    private Optional<SlotResult> runOne(Newsletter newsletter) {
        return database.jdbi().inTransaction(handle -> {
            queue.lock(handle, newsletter.id());
            if (installation.heldReason(handle).isPresent()) {
                return Optional.<SlotResult>empty();
            }
            Instant now = clock.instant();
            return due(handle, newsletter, now).map(slot -> answer(handle, newsletter, slot, now));
        });
    }

    private Optional<Slot> due(Handle handle, Newsletter newsletter, Instant now) {
        Map<LocalDate, SlotRow> rows = slots.rows(handle, newsletter.id()).stream()
                .collect(Collectors.toMap(SlotRow::date, Function.identity()));
        Instant born = slots.bornAt(handle, newsletter.id());
        Instant since = born.isAfter(now.minus(LOOK_BACK)) ? born : now.minus(LOOK_BACK);
        SlotCalendar calendar = new SlotCalendar(
                newsletter.settings().slot(),
                newsletter.settings().zone(),
                rows.values().stream().collect(Collectors.toMap(SlotRow::date, SlotRow::change)));
        return calendar.between(since, now).stream()
                .filter(slot ->
                        !rows.containsKey(slot.date()) || rows.get(slot.date()).state() == SlotState.PLANNED)
                .findFirst();
    }

    private SlotResult answer(Handle handle, Newsletter newsletter, Slot slot, Instant now) {
        Optional<IssueId> issue = QueuePlan.of(List.of(slot), queue.entries(handle, newsletter.id()))
                .issueOn(slot.date());
        if (issue.isEmpty()) {
            return written(handle, newsletter, slot, SlotState.EMPTY, issue, now, "");
        }
        boolean tooLate = SlotDecision.of(slot.at(), now, newsletter.settings().catchUp()) instanceof SlotDecision.Hold;
        String refusal = tooLate ? "" : starter.start(handle, newsletter, issue.get(), slot);
        if (tooLate || !refusal.isEmpty()) {
            // Named for a slot that is over, it waits until an operator queues it again or sends it.
            queue.nameSlot(handle, issue.get(), slot.date());
            return written(handle, newsletter, slot, SlotState.HELD, issue, now, refusal);
        }
        return written(handle, newsletter, slot, SlotState.STARTED, issue, now, "");
    }

    private SlotResult written(
            Handle handle,
            Newsletter newsletter,
            Slot slot,
            SlotState state,
            Optional<IssueId> issue,
            Instant now,
            String note) {
        if (!slots.answer(handle, newsletter.id(), slot, state, issue, now, note)) {
            throw new IllegalStateException("slot " + slot.date() + " of " + newsletter.name()
                    + " was answered under the lock that guards it; nothing was changed, the next run looks again");
        }
        return new SlotResult(newsletter, slot, state, issue, note);
    }
}
