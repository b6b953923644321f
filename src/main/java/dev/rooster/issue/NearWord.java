package dev.rooster.issue;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds the word that somebody who mistyped probably meant. Hangul is compared letter by letter, not syllable by
 * syllable: 마무으리 is two strokes away from 마무리, and 협상 is no mistyped 협찬.
 */
final class NearWord {
    private NearWord() {}

    /** The nearest of the words; empty when none is near, or when the text is one of them. */
    static Optional<String> find(String text, Collection<String> words) {
        if (words.contains(text)) {
            return Optional.empty();
        }
        return words.stream()
                .filter(word -> distance(text, word) <= strokesForgiven(word))
                .min(Comparator.comparingInt(word -> distance(text, word)));
    }

    /** One slip in a word of two syllables or four letters, two in a longer one. */
    private static int strokesForgiven(String word) {
        boolean hangul = word.codePoints().anyMatch(c -> c >= 0xac00 && c <= 0xd7a3);
        return word.length() > (hangul ? 2 : 6) ? 2 : 1;
    }

    /** Levenshtein's distance between the letters of both. */
    static int distance(String first, String second) {
        String a = Normalizer.normalize(first, Normalizer.Form.NFD);
        String b = Normalizer.normalize(second, Normalizer.Form.NFD);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
