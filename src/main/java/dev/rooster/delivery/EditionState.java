package dev.rooster.delivery;

import java.util.EnumSet;
import java.util.Locale;

/** The states of an edition. Only while it is {@link #SENDING} may a body leave; that is checked at the durable step. */
public enum EditionState {
    /** The audience is being written. */
    PREPARING,
    SENDING,
    /** Stopped by an operator, a stop rule or a hold; resuming sends to exactly those not yet sent. */
    PAUSED,
    /** Every delivery is final and the sums agree. */
    FINISHED,
    CANCELLED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static EditionState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public boolean mayBecome(EditionState next) {
        return switch (this) {
            case PREPARING -> EnumSet.of(SENDING, PAUSED, CANCELLED).contains(next);
            case SENDING -> EnumSet.of(PAUSED, FINISHED, CANCELLED).contains(next);
            case PAUSED -> EnumSet.of(PREPARING, SENDING, CANCELLED).contains(next);
            // an operator sends chosen rows again
            case FINISHED -> next == SENDING;
            case CANCELLED -> false;
        };
    }
}
