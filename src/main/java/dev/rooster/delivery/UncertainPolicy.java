package dev.rooster.delivery;

/** What becomes of a message whose connection was lost after the final dot. */
public enum UncertainPolicy {
    /** Sent once more, with the same Message-ID; a second loss is final. */
    RESEND,
    /** Left as it is until a person or later proof settles it. */
    HOLD
}
