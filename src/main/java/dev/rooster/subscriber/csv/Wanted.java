package dev.rooster.subscriber.csv;

import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.suppression.SuppressionReason;

/** What a row says of the person's standing. */
public enum Wanted {
    ACTIVE(SubscriptionState.ACTIVE, null, false),
    PENDING(SubscriptionState.PENDING, null, false),
    UNSUBSCRIBED(SubscriptionState.UNSUBSCRIBED, SuppressionReason.UNSUBSCRIBED, false),
    BOUNCED(SubscriptionState.BOUNCED, SuppressionReason.HARD_BOUNCE, true),
    COMPLAINED(SubscriptionState.COMPLAINED, SuppressionReason.COMPLAINT, true),
    BLOCKED(SubscriptionState.UNSUBSCRIBED, SuppressionReason.MANUAL, true);

    private final SubscriptionState state;
    private final SuppressionReason suppression;
    private final boolean ofAll;

    Wanted(SubscriptionState state, SuppressionReason suppression, boolean ofAll) {
        this.state = state;
        this.suppression = suppression;
        this.ofAll = ofAll;
    }

    SubscriptionState state() {
        return state;
    }

    /** Null where the person may be mailed. */
    SuppressionReason suppression() {
        return suppression;
    }

    boolean refused() {
        return suppression != null;
    }

    /** Whether the refusal holds for every newsletter. */
    boolean ofAll() {
        return ofAll;
    }
}
