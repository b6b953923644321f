package dev.rooster.issue;

import dev.rooster.db.Database;
import dev.rooster.issue.QueueOutcome.Problem;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import dev.rooster.newsletter.SlotCalendar;
import dev.rooster.newsletter.SlotCalendar.MoveProblem;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What operators do with the queue and the slots. Every change locks the newsletter's row, so a change and a slot that
 * fires can't cross: whoever comes second sees what the first has done. Thread-safe.
 */
public final class IssueQueue {
    /** How far ahead plans look: a year of weekly slots. */
    static final int SLOTS_AHEAD = 53;

    private static final int FREE_SHOWN = 3;

    private final Database database;
    private final InstantSource clock;
    private final JdbiIssues issues = new JdbiIssues();
    private final JdbiQueue queue = new JdbiQueue();
    private final JdbiSlots slots = new JdbiSlots();

    public IssueQueue(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Queues an issue for the next free slot, or for the one named. An issue that is queued already changes its place.
     *
     * @param named the date of a slot
     * @param extra whether a slot may be made on a date that has none
     */
    public QueueOutcome queue(Newsletter newsletter, IssueId id, Optional<LocalDate> named, boolean extra) {
        return database.jdbi().inTransaction(handle -> {
            queue.lock(handle, newsletter.id());
            Instant now = clock.instant();
            Optional<StoredIssue> issue = find(handle, newsletter, id);
            Optional<Problem> problem = issue.isEmpty()
                    ? Optional.of(Problem.NO_ISSUE)
                    : issue.get().state() != IssueState.DRAFT && issue.get().state() != IssueState.QUEUED
                            ? Optional.of(Problem.FROZEN)
                            : named.flatMap(date -> problemOf(handle, newsletter, id, date, extra, now));
            if (problem.isPresent()) {
                return refused(handle, newsletter, problem.get(), now);
            }
            named.ifPresent(date -> addSlotIfMissing(handle, newsletter, date));
            if (issue.get().state() == IssueState.DRAFT) {
                issues.move(handle, id, IssueState.DRAFT, IssueState.QUEUED, now);
            } else {
                queue.delete(handle, id);
            }
            queue.insert(handle, newsletter.id(), id, named, now);
            return new QueueOutcome.Queued(plan(handle, newsletter, now).slotOf(id));
        });
    }

    /** Takes an issue out of the queue; it is a draft again. */
    public QueueOutcome unqueue(Newsletter newsletter, IssueId id) {
        return database.jdbi().inTransaction(handle -> {
            queue.lock(handle, newsletter.id());
            Instant now = clock.instant();
            Optional<StoredIssue> issue = find(handle, newsletter, id);
            if (issue.isEmpty() || issue.get().state() != IssueState.QUEUED) {
                return refused(handle, newsletter, issue.isEmpty() ? Problem.NO_ISSUE : Problem.NOT_QUEUED, now);
            }
            queue.delete(handle, id);
            issues.move(handle, id, IssueState.QUEUED, IssueState.DRAFT, now);
            return new QueueOutcome.Unqueued();
        });
    }

    /**
     * Marks an issue as being sent and takes it out of the queue, inside the transaction that freezes it, whether its
     * slot has come or an operator sends it by hand.
     *
     * @return false when it is neither a draft nor queued any more
     */
    public boolean take(Handle handle, Newsletter newsletter, IssueId id) {
        queue.lock(handle, newsletter.id());
        Optional<StoredIssue> issue = find(handle, newsletter, id);
        if (issue.isEmpty()
                || issue.get().state() != IssueState.DRAFT && issue.get().state() != IssueState.QUEUED) {
            return false;
        }
        queue.delete(handle, id);
        return issues.move(handle, id, issue.get().state(), IssueState.SENDING, clock.instant());
    }

    /** Lets nothing move this newsletter's queue or fire its slots until the caller's transaction ends. */
    public void lock(Handle handle, Newsletter newsletter) {
        queue.lock(handle, newsletter.id());
    }

    /** The coming slots with their issues, at most {@value #SLOTS_AHEAD}. */
    public QueuePlan plan(Newsletter newsletter) {
        return database.jdbi().withHandle(handle -> plan(handle, newsletter, clock.instant()));
    }

    /** The slot an issue will take, seen inside the caller's transaction. */
    public Optional<Slot> slotOf(Handle handle, Newsletter newsletter, IssueId issue) {
        return plan(handle, newsletter, clock.instant()).slotOf(issue);
    }

    /** The slot that came and was not started with this issue, which still waits for it. */
    public Optional<Slot> heldSlot(Handle handle, Newsletter newsletter, IssueId issue) {
        return HeldSlot.find(handle, newsletter, issue);
    }

    /** Everything that was ever written about this newsletter's slots, oldest first. */
    public List<SlotRow> history(Newsletter newsletter) {
        return database.jdbi().withHandle(handle -> slots.rows(handle, newsletter.id()));
    }

    /** No issue on this date: an issue named for it takes the next free slot. */
    public SlotOutcome skip(Newsletter newsletter, LocalDate date) {
        return database.jdbi().inTransaction(handle -> {
            queue.lock(handle, newsletter.id());
            SlotCalendar calendar = calendar(handle, newsletter);
            Optional<Slot> slot = calendar.find(date);
            Optional<SlotOutcome.Problem> problem = slot.isEmpty()
                    ? Optional.of(
                            isSkipped(handle, newsletter, date)
                                    ? SlotOutcome.Problem.ALREADY_SKIPPED
                                    : SlotOutcome.Problem.NO_SLOT)
                    : isOver(handle, newsletter, slot.get(), clock.instant())
                            ? Optional.of(SlotOutcome.Problem.OVER)
                            : Optional.empty();
            if (problem.isPresent()) {
                return new SlotOutcome.Refused(date, problem.get());
            }
            Optional<IssueId> named = namedFor(handle, newsletter, date);
            slots.decide(handle, newsletter.id(), slot.get(), SlotState.SKIPPED, Optional.empty());
            queue.moveSlot(handle, newsletter.id(), date, Optional.empty());
            return new SlotOutcome.Changed(named);
        });
    }

    /** The issue of this date appears on another one, at the same time of day. */
    public SlotOutcome move(Newsletter newsletter, LocalDate from, LocalDate to) {
        return database.jdbi().inTransaction(handle -> {
            queue.lock(handle, newsletter.id());
            Instant now = clock.instant();
            SlotCalendar calendar = calendar(handle, newsletter);
            Optional<MoveProblem> problem = calendar.problemOfMove(from, to, now);
            if (problem.isPresent()) {
                return refused(from, to, problem.get());
            }
            Optional<IssueId> named = namedFor(handle, newsletter, from);
            slots.decide(handle, newsletter.id(), calendar.find(from).orElseThrow(), SlotState.MOVED, Optional.of(to));
            slots.decide(
                    handle, newsletter.id(), new Slot(to, calendar.instantOf(to)), SlotState.PLANNED, Optional.empty());
            queue.moveSlot(handle, newsletter.id(), from, Optional.of(to));
            return new SlotOutcome.Changed(named);
        });
    }

    private QueuePlan plan(Handle handle, Newsletter newsletter, Instant now) {
        List<Slot> coming = calendar(handle, newsletter).next(now, SLOTS_AHEAD).stream()
                .filter(slot -> !isOver(handle, newsletter, slot, now))
                .toList();
        return QueuePlan.of(coming, queue.entries(handle, newsletter.id()));
    }

    private SlotCalendar calendar(Handle handle, Newsletter newsletter) {
        return new SlotCalendar(
                newsletter.settings().slot(),
                newsletter.settings().zone(),
                slots.rows(handle, newsletter.id()).stream().collect(Collectors.toMap(SlotRow::date, SlotRow::change)));
    }

    private Optional<StoredIssue> find(Handle handle, Newsletter newsletter, IssueId id) {
        return issues.find(handle, id).filter(issue -> issue.newsletter().equals(newsletter.id()));
    }

    private Optional<Problem> problemOf(
            Handle handle, Newsletter newsletter, IssueId id, LocalDate date, boolean extra, Instant now) {
        SlotCalendar calendar = calendar(handle, newsletter);
        if (isSkipped(handle, newsletter, date) && !extra) {
            return Optional.of(Problem.SLOT_SKIPPED);
        }
        if (!calendar.hasSlotOn(date) && !extra) {
            return Optional.of(Problem.NO_SLOT);
        }
        if (isOver(handle, newsletter, new Slot(date, calendar.instantOf(date)), now)) {
            return Optional.of(Problem.SLOT_OVER);
        }
        return namedFor(handle, newsletter, date)
                        .filter(other -> !other.equals(id))
                        .isPresent()
                ? Optional.of(Problem.SLOT_TAKEN)
                : Optional.empty();
    }

    private void addSlotIfMissing(Handle handle, Newsletter newsletter, LocalDate date) {
        SlotCalendar calendar = calendar(handle, newsletter);
        if (!calendar.hasSlotOn(date)) {
            Slot added = new Slot(date, calendar.instantOf(date));
            slots.decide(handle, newsletter.id(), added, SlotState.PLANNED, Optional.empty());
        }
    }

    private boolean isOver(Handle handle, Newsletter newsletter, Slot slot, Instant now) {
        return !slot.at().isAfter(now)
                || slots.rows(handle, newsletter.id()).stream()
                        .anyMatch(row ->
                                row.date().equals(slot.date()) && row.state().isOver());
    }

    private boolean isSkipped(Handle handle, Newsletter newsletter, LocalDate date) {
        return slots.rows(handle, newsletter.id()).stream()
                .anyMatch(row -> row.date().equals(date) && row.state() == SlotState.SKIPPED);
    }

    private Optional<IssueId> namedFor(Handle handle, Newsletter newsletter, LocalDate date) {
        return queue.entries(handle, newsletter.id()).stream()
                .filter(entry -> entry.slotDate().filter(date::equals).isPresent())
                .map(QueueEntry::issue)
                .findFirst();
    }

    private QueueOutcome refused(Handle handle, Newsletter newsletter, Problem problem, Instant now) {
        List<Slot> free = plan(handle, newsletter, now).places().stream()
                .filter(place -> place.issue().isEmpty())
                .map(QueuePlan.Place::slot)
                .limit(FREE_SHOWN)
                .toList();
        return new QueueOutcome.Refused(problem, free);
    }

    private static SlotOutcome refused(LocalDate from, LocalDate to, MoveProblem problem) {
        return switch (problem) {
            case NO_SLOT -> new SlotOutcome.Refused(from, SlotOutcome.Problem.NO_SLOT);
            case ALREADY_FIRED -> new SlotOutcome.Refused(from, SlotOutcome.Problem.OVER);
            case INTO_THE_PAST -> new SlotOutcome.Refused(to, SlotOutcome.Problem.PAST);
            case TAKEN -> new SlotOutcome.Refused(to, SlotOutcome.Problem.TAKEN);
        };
    }
}
