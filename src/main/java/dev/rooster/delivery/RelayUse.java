package dev.rooster.delivery;

import java.util.List;

/**
 * How one relay is used.
 *
 * @param rate what it takes at most, of all newsletters together; empty: no limit
 */
public record RelayUse(List<RateLimit> rate) {
    /** A relay that carries everything, as fast as it goes. */
    public static final RelayUse DEFAULT = new RelayUse(List.of());
}
