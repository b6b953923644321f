package dev.rooster.delivery;

/** What a stop rule asks for. */
public sealed interface Stop {
    PauseReason reason();

    /** Nothing more for one mailbox provider; the others go on. */
    record OfProvider(String provider, PauseReason reason) implements Stop {}

    /** Nothing more at all. */
    record OfEdition(PauseReason reason) implements Stop {}
}
