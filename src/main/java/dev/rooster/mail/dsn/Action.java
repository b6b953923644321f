package dev.rooster.mail.dsn;

/** What the reporting system did with one recipient (RFC 3464 §2.3.3). */
public enum Action {
    /** Given up; the message did not arrive. */
    FAILED,
    /** Not yet delivered, still being tried; nothing is lost. */
    DELAYED,
    /** Put into the recipient's mailbox. */
    DELIVERED,
    /** Handed to a system that does not report success; arrival is likely, not proven. */
    RELAYED,
    /** Delivered to a list or alias and sent on to its members. */
    EXPANDED;

    /** True for the three actions of a success report. */
    public boolean success() {
        return this == DELIVERED || this == RELAYED || this == EXPANDED;
    }
}
