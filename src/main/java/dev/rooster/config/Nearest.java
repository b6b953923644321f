package dev.rooster.config;

import java.util.Collection;
import java.util.Comparator;

/** "Did you mean": the known key that takes the fewest edits to reach. */
final class Nearest {
    private static final int EDITS_MAX = 3;

    private Nearest() {}

    /** The nearest of the known keys; empty when none is near. */
    static String of(String found, Collection<String> known) {
        return known.stream()
                .filter(key -> edits(found, key) <= Math.min(EDITS_MAX, key.length() / 2))
                .min(Comparator.comparingInt(key -> edits(found, key)))
                .orElse("");
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
