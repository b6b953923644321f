package dev.rooster.bounce;

import java.util.Locale;

/** What was done about a record, besides writing it down. */
public enum Acted {
    /** The address is never mailed again. */
    SUPPRESSED,
    /** Counted as one more issue that did not arrive. */
    COUNTED,
    /** The delivery's arrival was noted. */
    NOTED,
    /** Nothing: it is our fault, not the recipient's. */
    SPARED,
    /** Nothing: the report carries no token of ours, so anybody may have written it. */
    UNPROVEN,
    /** Nothing: it carries a token that was not made here. */
    FORGED,
    /** Nothing: it leads to no delivery. */
    UNMATCHED,
    /** Nothing follows from it. */
    NONE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
