package dev.rooster.subscriber;

import java.util.Locale;

/** What a piece of evidence proves. Mirrored by a CHECK constraint. */
public enum ConsentKind {
    /** Someone asked for the newsletter with this address; not yet proven to be its owner. */
    REQUESTED,
    GRANTED,
    REFUSED,
    /** A refusal was taken back by the person. */
    UNDONE,
    /** The person was asked again and stayed. */
    KEPT;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ConsentKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
