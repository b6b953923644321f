package dev.rooster.inbox;

/** Takes a mail out of a mailbox's hands. */
@FunctionalInterface
public interface MailTaker {

    /** What is to become of the mail in the mailbox. */
    enum Fate {
        /** What it says is committed; it can go. */
        DONE,
        /** It is kept where people look. */
        FOR_PEOPLE
    }

    /**
     * Takes one mail. When this returns, what follows from it is committed; if it throws, nothing is, and the mail stays.
     *
     * @param mail its first {@link MailFiles#MAIL_BYTES_MAX} octets at most
     */
    Fate take(byte[] mail);
}
