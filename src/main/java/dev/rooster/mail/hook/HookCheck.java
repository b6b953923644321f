package dev.rooster.mail.hook;

import java.time.Instant;

/** Checks requests of one provider. Thread-safe. */
public interface HookCheck {
    /** Never throws, whatever the request holds. */
    Checked check(HookRequest request, Instant now);

    /** Whether those who can't prove themselves are asked for a password (RFC 9110 §11.6.1). */
    default boolean asksForPassword() {
        return false;
    }
}
