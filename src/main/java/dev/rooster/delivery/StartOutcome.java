package dev.rooster.delivery;

/** What came of starting an issue. */
public sealed interface StartOutcome {
    /** @param before true when it had been started earlier: nothing was changed */
    record Started(Edition edition, boolean before) implements StartOutcome {}

    record Refused(StartRefusal refusal) implements StartOutcome {}
}
