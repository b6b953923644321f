package dev.rooster.delivery;

import java.util.Locale;

/**
 * What a rate is kept of. All nodes of an installation share it.
 *
 * @param name the relay's name, the newsletter's number, the mailbox provider's word; at most 60 characters
 */
public record RateKey(Kind kind, String name) {
    /** Who is limited. */
    public enum Kind {
        RELAY,
        NEWSLETTER,
        PROVIDER
    }

    public RateKey {
        if (name.isEmpty() || name.length() > 60) {
            throw new IllegalArgumentException("a rate's name has 1 to 60 characters, found " + name);
        }
    }

    /** As stored. */
    String text() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
    }
}
