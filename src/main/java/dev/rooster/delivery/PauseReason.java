package dev.rooster.delivery;

/**
 * Why an edition was paused.
 *
 * @param detail the relay's words, or the person's; at most 450 characters are kept
 */
public record PauseReason(Kind kind, String detail) {
    /** Who paused it. */
    public enum Kind {
        OPERATOR,
        /** Somebody who saw it before its readers held it back. */
        REVIEWER,
        /** The relay refuses us, not the recipients. */
        SENDER_REFUSED,
        /** Too many addresses are dead. */
        HARD_BOUNCES,
        /** Too many readers reported the mail as spam. */
        COMPLAINTS,
        /** The relay refuses our login. */
        LOGIN_REFUSED,
        /** The sums of the ledger do not agree. */
        SUMS,
        /** The installation was held: the database was restored, copied or moved. */
        HELD
    }

    /** As it stands in the edition's row: a word and the detail. */
    public String line() {
        String line = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ": " + detail;
        return line.length() <= 500 ? line : line.substring(0, 499) + "…";
    }
}
