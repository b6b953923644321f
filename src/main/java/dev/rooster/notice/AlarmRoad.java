package dev.rooster.notice;

import java.time.Instant;

/** A way to tell an alarm that is no mail. Thread-safe. */
@FunctionalInterface
public interface AlarmRoad {
    /**
     * Tells, within a bounded time.
     *
     * @param newsletter its title; empty: about the installation
     * @return whether it was taken at the other end
     */
    boolean tell(String newsletter, String subject, String body, Instant at);
}
