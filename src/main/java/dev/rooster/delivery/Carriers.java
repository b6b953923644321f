package dev.rooster.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which of an edition's relays gets the next row: those of the lowest order that take mail, by their weights. A weight is a
 * share that holds while the others take mail; one that takes none for now is not waited for and catches up with nothing.
 */
final class Carriers {
    /** A relay may be so many messages ahead of its share, so that all its connections have work. */
    private static final int AHEAD_MAX = 16;

    private final Map<String, RelayShare> shares = new LinkedHashMap<>();
    /** Messages by weight, relay by relay. */
    private final Map<String, Double> carried = new LinkedHashMap<>();

    Carriers(List<RelayShare> relays) {
        for (RelayShare share : relays) {
            shares.put(share.relay(), share);
            carried.put(share.relay(), 0.0);
        }
    }

    Set<String> names() {
        return shares.keySet();
    }

    /** Whether it is this relay's order's turn. @param healthy whether a relay is known to take mail */
    boolean carries(String relay, Predicate<String> healthy) {
        RelayShare share = shares.get(relay);
        if (share == null) {
            return false;
        }
        for (RelayShare other : shares.values()) {
            if (other.failover() < share.failover() && healthy.test(other.relay())) {
                return false;
            }
        }
        return true;
    }

    /** Whether this relay is not ahead of its share. @param working whether a relay takes mail at this moment */
    boolean mayTake(String relay, Predicate<String> working) {
        if (shares.size() == 1) {
            return true;
        }
        RelayShare share = shares.get(relay);
        double most = carried.get(relay) - (double) AHEAD_MAX / share.weight();
        for (RelayShare other : shares.values()) {
            if (other != share
                    && other.failover() == share.failover()
                    && carried.get(other.relay()) < most
                    && working.test(other.relay())) {
                return false;
            }
        }
        return true;
    }

    void took(String relay, Predicate<String> working) {
        if (shares.size() == 1) {
            return;
        }
        RelayShare share = shares.get(relay);
        double now = carried.get(relay) + 1.0 / share.weight();
        carried.put(relay, now);
        for (RelayShare other : shares.values()) {
            if (carried.get(other.relay()) < now && !working.test(other.relay())) {
                carried.put(other.relay(), now);
            }
        }
    }
}
