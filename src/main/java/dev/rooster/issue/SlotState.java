package dev.rooster.issue;

import java.util.Locale;

/** What is written about a slot. A slot without a row is one of the weekly rule whose time has not come. */
public enum SlotState {
    /** Moved here, or added by an operator; its time has not come. */
    PLANNED,
    SKIPPED,
    MOVED,
    /** An edition was started. */
    STARTED,
    /** Its issue was not started (too late, or the start was refused) and waits for an operator's answer. */
    HELD,
    /** Its time came and no issue was queued. */
    EMPTY,
    /** Whether it was started is not known: the database was restored from a copy older than the slot. */
    UNKNOWN;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SlotState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether the slot's time has come and was answered: it never fires again. */
    boolean isOver() {
        return this == STARTED || this == HELD || this == EMPTY || this == UNKNOWN;
    }
}
