package dev.rooster.delivery;

import java.util.Locale;

/** Why a row was skipped, rejected or expired. A closed list; the word is what stands in the database and in reports. */
public enum DeliveryReason {
    /** No longer subscribed when it was this recipient's turn. */
    UNSUBSCRIBED,
    /** The address is on the suppression list. */
    SUPPRESSED,
    /** The person was erased, or has another address now. */
    ERASED,
    /** The operator cancelled the edition. */
    CANCELLED,
    /** The relay refused the address. */
    ADDRESS,
    /** The relay refused for another reason that a new try will not change. */
    REFUSED,
    /** Refused twice because of the sender, while others were accepted in between. Suppresses nobody. */
    SENDER_FAULT,
    /** The edition's time ran out. */
    TOO_LATE,
    /** The message could not be made for this recipient: what is stored about them does not fit a header. */
    UNSENDABLE;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static DeliveryReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
