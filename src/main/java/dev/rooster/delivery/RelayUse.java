package dev.rooster.delivery;

import java.util.List;
import java.util.Set;

/**
 * How one relay is used.
 *
 * @param weight its share of a newsletter's messages among relays of the same order, 1 to 100
 * @param failover 0: it is used; 1 to 9: only while all relays of a lower order take nothing
 * @param roles what it carries, at least one
 * @param rate what it takes at most, of all newsletters together; empty: no limit
 * @param warmUp null: none
 */
public record RelayUse(int weight, int failover, Set<Role> roles, List<RateLimit> rate, WarmUp warmUp) {
    /** What a relay can carry. */
    public enum Role {
        /** Issues to their readers. */
        BULK,
        /** Single copies of issues to operators. */
        TEST,
        /** Notices and alarms. */
        NOTICES
    }
}
