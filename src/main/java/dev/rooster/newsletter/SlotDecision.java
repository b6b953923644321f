package dev.rooster.newsletter;

import java.time.Duration;
import java.time.Instant;

/** What to do about a slot at a moment. A machine that was down must neither lose an issue nor send the morning's news at night. */
public sealed interface SlotDecision {

    /** Its time has not come. */
    record Wait(Duration left) implements SlotDecision {}

    /** Send now; {@code late} is zero or less than the catch-up time. */
    record Send(Duration late) implements SlotDecision {}

    /** Too late to send without being asked: an operator answers. */
    record Hold(Duration late) implements SlotDecision {}

    /**
     * Late by less than {@code catchUp}: send. Late by {@code catchUp} or more: hold. Exactly on time is never held, even where nothing
     * is caught up ({@code catchUp} zero): a scheduler wakes within the minute, so that minute is always granted.
     */
    static SlotDecision of(Instant planned, Instant now, Duration catchUp) {
        if (now.isBefore(planned)) {
            return new Wait(Duration.between(now, planned));
        }
        Duration late = Duration.between(planned, now);
        Duration granted = catchUp.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : catchUp;
        return late.compareTo(granted) < 0 ? new Send(late) : new Hold(late);
    }
}
