package dev.rooster.bounce;

import java.util.Locale;

/** What a record is about. A closed list, mirrored by a CHECK constraint. */
public enum BounceKind {
    /** Not delivered, for good. */
    BOUNCE,
    /** A person or a spam trap reported the mail. */
    COMPLAINT,
    /** A machine answered for a person; so the mail reached a mailbox. */
    AUTOREPLY,
    /** Not yet delivered, still being tried. */
    DELAYED,
    /** A success report. */
    ARRIVED,
    /** Nothing of these, or not readable: for people. */
    OTHER;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static BounceKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
