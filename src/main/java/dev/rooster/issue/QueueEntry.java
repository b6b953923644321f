package dev.rooster.issue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An issue that waits for a slot.
 *
 * @param position smaller ones are first
 * @param slotDate the slot that was named for it; empty: the next free one
 * @param queuedAt it never takes a slot whose time was before
 */
record QueueEntry(IssueId issue, long position, Optional<LocalDate> slotDate, Instant queuedAt) {}
