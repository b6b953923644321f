package dev.rooster.delivery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Refusals because of us that came in a row, by mailbox provider: a relay that refuses us itself does so for everybody, and that
 * shows before any provider's own count does. Not durable: after a restart a row begins anew.
 */
final class FaultsInRow {
    private final Map<String, Integer> byProvider = new HashMap<>();
    private final Set<String> taking = new HashSet<>();

    void refused(String provider) {
        byProvider.merge(provider, 1, Integer::sum);
    }

    void accepted(String provider) {
        byProvider.clear();
        taking.add(provider);
    }

    /** A paused provider says nothing about the relay. */
    void forget(String provider) {
        byProvider.remove(provider);
        taking.remove(provider);
    }

    int inRow() {
        return byProvider.values().stream().mapToInt(Integer::intValue).sum();
    }

    int providers() {
        return byProvider.size();
    }

    /** True when a mail for this provider was taken since the edition was opened here. */
    boolean takesOthers(String provider) {
        return taking.contains(provider);
    }
}
