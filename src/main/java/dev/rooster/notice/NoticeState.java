package dev.rooster.notice;

import java.util.Locale;

/** Where a notice stands. Mirrored by a CHECK constraint. */
public enum NoticeState {
    /** Waits; nothing has left. With a lease: a node is about to send it. */
    QUEUED,
    /** A body may be on the wire. */
    SENDING,
    /** Waits for another try. */
    DEFERRED,
    /** The relay took it. */
    ACCEPTED,
    /** The relay or the address refused it for good. */
    REJECTED,
    /** Not worth sending any more. */
    EXPIRED,
    /** Not to be sent: the person must not be mailed, or took back what it was about. */
    SKIPPED,
    /** The connection broke after the final dot; it may or may not have been taken. */
    UNCERTAIN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static NoticeState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
