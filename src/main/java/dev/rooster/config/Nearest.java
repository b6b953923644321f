package dev.rooster.config;

import dev.rooster.language.EditDistance;
import java.util.Collection;
import java.util.Comparator;

/** "Did you mean": the known key that takes the fewest edits to reach. */
final class Nearest {
    private static final int EDITS_MAX = 3;

    private Nearest() {}

    /** The nearest of the known keys; empty when none is near. */
    static String of(String found, Collection<String> known) {
        return known.stream()
                .filter(key -> EditDistance.between(found, key) <= Math.min(EDITS_MAX, key.length() / 2))
                .min(Comparator.comparingInt(key -> EditDistance.between(found, key)))
                .orElse("");
    }
}
