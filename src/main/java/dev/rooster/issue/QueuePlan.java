package dev.rooster.issue;

import dev.rooster.newsletter.Slot;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which issue takes which slot. Issues with a named slot have it; the others take, in the order they were queued, the
 * first slots that nobody named and whose time comes after they were queued. Pure: {@code slot list}, {@code issue queue}
 * and the scheduler can't disagree.
 *
 * @param places the slots asked about, in order
 * @param waiting issues that none of those slots takes: named for one that is over (held for an answer), or further back
 *     than the slots asked about
 */
public record QueuePlan(List<Place> places, List<IssueId> waiting) {
    /** A slot and the issue that takes it, if any. */
    public record Place(Slot slot, Optional<IssueId> issue) {}

    public QueuePlan {
        places = List.copyOf(places);
        waiting = List.copyOf(waiting);
    }

    /**
     * @param slots in order of time
     * @param entries in order of the queue
     */
    static QueuePlan of(List<Slot> slots, List<QueueEntry> entries) {
        Map<LocalDate, IssueId> named = new LinkedHashMap<>();
        List<QueueEntry> unnamed = new ArrayList<>();
        for (QueueEntry entry : entries) {
            entry.slotDate().ifPresentOrElse(date -> named.putIfAbsent(date, entry.issue()), () -> unnamed.add(entry));
        }
        List<Place> places = new ArrayList<>();
        for (Slot slot : slots) {
            Optional<IssueId> issue = Optional.ofNullable(named.get(slot.date()));
            if (issue.isEmpty()) {
                Optional<QueueEntry> next = unnamed.stream()
                        .filter(entry -> entry.queuedAt().isBefore(slot.at()))
                        .findFirst();
                next.ifPresent(unnamed::remove);
                issue = next.map(QueueEntry::issue);
            }
            places.add(new Place(slot, issue));
        }
        List<IssueId> placed =
                places.stream().flatMap(place -> place.issue().stream()).toList();
        List<IssueId> waiting = entries.stream()
                .map(QueueEntry::issue)
                .filter(issue -> !placed.contains(issue))
                .toList();
        return new QueuePlan(places, waiting);
    }

    /** The slot an issue takes. */
    public Optional<Slot> slotOf(IssueId issue) {
        return places.stream()
                .filter(place -> place.issue().filter(issue::equals).isPresent())
                .map(Place::slot)
                .findFirst();
    }

    /** The issue that a slot gets. */
    public Optional<IssueId> issueOn(LocalDate date) {
        return places.stream()
                .filter(place -> place.slot().date().equals(date))
                .findFirst()
                .flatMap(Place::issue);
    }
}
