package dev.rooster.subscriber;

import java.util.Locale;

/** How a person stands to one newsletter. Mirrored by a CHECK constraint. Only {@code ACTIVE} is mailed. */
public enum SubscriptionState {
    /** Asked for it and has not confirmed yet. */
    PENDING,
    ACTIVE,
    UNSUBSCRIBED,
    /** The address does not take mail. */
    BOUNCED,
    COMPLAINED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SubscriptionState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Whether the person or the mail system said no: an import never revives it. */
    public boolean refused() {
        return this != PENDING && this != ACTIVE;
    }
}
