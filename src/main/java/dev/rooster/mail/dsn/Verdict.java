package dev.rooster.mail.dsn;

/** Whose fault a refusal is and what follows from it. */
public enum Verdict {
    /** The address is dead: it does not exist, or never will again. */
    HARD,
    /** The message did not arrive, but the address may live: full, disabled, filtered, out of reach, out of time. */
    SOFT,
    /**
     * The refusal is about us or our message: policy, authentication, reputation, rate, content, size. It says nothing
     * about the subscriber and must never count against one.
     */
    SENDER_FAULT,
    /** Nothing failed (yet): a delay, a success report, a complaint. */
    NONE
}
