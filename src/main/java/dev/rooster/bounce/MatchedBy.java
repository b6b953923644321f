package dev.rooster.bounce;

import java.util.Locale;

/** What led from a report to its delivery. Only what carries a token of ours proves anything; anybody can write the rest. */
public enum MatchedBy {
    /** The token in the envelope sender. */
    VERP(true),
    /** The token we gave as ENVID (RFC 3461 §4.4). */
    ENVID(true),
    /** The token in the Message-ID. */
    MESSAGE_ID(true),
    /** The token in the List-Unsubscribe header: it survives where addresses are blacked out of complaints. */
    LIST_UNSUBSCRIBE(true),
    /** The recipient as we addressed it, found once among the recent deliveries. */
    ORIGINAL_RECIPIENT(false),
    /** The recipient as the report names it, found once among the recent deliveries. */
    ADDRESS(false),
    /** The token in the address of unsubscription by mail; it names a subscriber and no delivery. */
    UNSUBSCRIBE_ADDRESS(true),
    /** The recipient that a genuine event of the relay's provider names, found once among the recent deliveries. */
    EVENT(true),
    /** The relay's own answer on our connection. */
    SMTP(true);

    private final boolean proven;

    MatchedBy(boolean proven) {
        this.proven = proven;
    }

    /** Whether a subscriber may be touched because of it. */
    public boolean proven() {
        return proven;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
