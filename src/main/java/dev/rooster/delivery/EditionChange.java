package dev.rooster.delivery;

/** What came of pausing, resuming or cancelling. */
public sealed interface EditionChange {
    record Done(Edition edition) implements EditionChange {}

    /** The issue was never started. */
    record NoEdition() implements EditionChange {}

    /** The edition is in a state that does not allow it; nothing was changed. */
    record NotNow(Edition edition) implements EditionChange {}

    /** The installation is held; nothing was changed. */
    record Held(String reason) implements EditionChange {}
}
