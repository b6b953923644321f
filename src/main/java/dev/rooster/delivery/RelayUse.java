package dev.rooster.delivery;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    /** The relays of a role, by name; those that are used before the others come first. @param relays by name */
    public static List<String> carrying(Role role, Map<String, RelayUse> relays) {
        return relays.entrySet().stream()
                .filter(relay -> relay.getValue().roles().contains(role))
                .sorted(Comparator.comparingInt(relay -> relay.getValue().failover()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
