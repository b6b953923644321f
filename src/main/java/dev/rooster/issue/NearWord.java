package dev.rooster.issue;

import dev.rooster.language.EditDistance;
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
                .filter(word -> strokes(text, word) <= strokesForgiven(word))
                .min(Comparator.comparingInt(word -> strokes(text, word)));
    }

    /** One slip in a word of two syllables or four letters, two in a longer one. */
    private static int strokesForgiven(String word) {
        boolean hangul = word.codePoints().anyMatch(c -> c >= 0xac00 && c <= 0xd7a3);
        return word.length() > (hangul ? 2 : 6) ? 2 : 1;
    }

    private static int strokes(String first, String second) {
        return EditDistance.between(
                Normalizer.normalize(first, Normalizer.Form.NFD), Normalizer.normalize(second, Normalizer.Form.NFD));
    }
}
