package dev.rooster.delivery;

import java.util.EnumMap;
import java.util.Map;

/** What came of sending chosen final states again. */
public sealed interface ResendOutcome {
    /**
     * The rows are queued again.
     *
     * @param edition as it is now: being sent, or still paused when it was before
     */
    record Resent(Edition edition, Rows rows) implements ResendOutcome {}

    /** The issue was never started. */
    record NoEdition() implements ResendOutcome {}

    /** The edition is being prepared or was cancelled; nothing was changed. */
    record NotNow(Edition edition) implements ResendOutcome {}

    /** The installation is held; nothing was changed. */
    record Held(String reason) implements ResendOutcome {}

    /**
     * Rows in the chosen states.
     *
     * @param again those whose people may be mailed, by state; states without any are absent
     * @param left those who unsubscribed, are suppressed or were erased: they stay as they are
     */
    record Rows(Map<DeliveryState, Long> again, long left) {
        public Rows {
            again = again.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(again));
        }

        public long againAll() {
            return again.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
