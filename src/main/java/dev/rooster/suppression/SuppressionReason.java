package dev.rooster.suppression;

import java.util.Arrays;
import java.util.List;

/** Why an address must not be mailed, from weakest to strongest. Mirrored by a CHECK constraint. */
public enum SuppressionReason {
    /** The person unsubscribed. */
    UNSUBSCRIBED("unsubscribed"),
    /** Temporary failures over too many issues in a row. */
    SOFT_BOUNCES("soft-bounces"),
    /** The mailbox does not exist or never takes mail. */
    HARD_BOUNCE("hard-bounce"),
    /** An operator said so. */
    MANUAL("manual"),
    /** The person reported a mail as spam. */
    COMPLAINT("complaint"),
    /** The person was erased on request: only the hash of the address is left. */
    ERASED("erased");

    private final String text;

    SuppressionReason(String text) {
        this.text = text;
    }

    /** As stored and as printed by commands. */
    public String text() {
        return text;
    }

    /**
     * The reason of a stored text.
     *
     * @throws IllegalArgumentException for a text that the CHECK constraint would refuse
     */
    public static SuppressionReason of(String text) {
        for (SuppressionReason reason : values()) {
            if (reason.text.equals(text)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("not a suppression reason: " + text);
    }

    /**
     * Whether the person's own confirmation, by a link mailed to the address, lifts it. A hard bounce, a complaint and an
     * operator's decision stay: no confirmation is mailed to those at all.
     */
    public boolean liftedByConfirmation() {
        return this == UNSUBSCRIBED || this == SOFT_BOUNCES || this == ERASED;
    }

    /** The reasons that this one replaces within a scope. */
    List<String> weaker() {
        return Arrays.stream(values())
                .filter(other -> other.ordinal() < ordinal())
                .map(SuppressionReason::text)
                .toList();
    }
}
