package dev.rooster.review;

/** What came of a decision about an issue. */
public enum ReviewOutcome {
    /** Too late: its readers have it, or never will. Nothing was recorded. */
    OVER,
    /** The text is no longer the one that the person saw. Nothing was recorded. */
    CHANGED,
    /** Recorded; it goes at its slot. */
    APPROVED,
    /** Recorded, and its sending goes on. */
    RESUMED,
    /** Recorded, and it is being sent now: its slot was waiting for that. */
    STARTED,
    /** Recorded; but it is so late that an operator must let it go. */
    TOO_LATE,
    /** Recorded; but something else keeps it from being started: the slot says what. */
    REFUSED,
    /** Recorded; it is not started at its slot. */
    HELD,
    /** Recorded, and its sending stands still. */
    PAUSED
}
