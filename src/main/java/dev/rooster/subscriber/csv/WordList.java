package dev.rooster.subscriber.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A data file of words that people and services write for the same thing. Immutable. */
final class WordList {
    private static final Pattern IGNORED = Pattern.compile("[\\p{Z}\\p{P}\\p{C}]+");

    private final Map<String, List<String>> wordsByMeaning;

    private WordList(Map<String, List<String>> wordsByMeaning) {
        this.wordsByMeaning = wordsByMeaning;
    }

    /** @param file beside this class: {@code meaning = word, word …} */
    static WordList load(String file) {
        Properties properties = new Properties();
        try (InputStream in = WordList.class.getResourceAsStream(file)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (String meaning : new TreeSet<>(properties.stringPropertyNames())) {
            words.put(
                    meaning,
                    Stream.of(properties.getProperty(meaning).split(","))
                            .map(WordList::bare)
                            .distinct()
                            .toList());
        }
        return new WordList(words);
    }

    /** A word without case, blanks and punctuation: what is compared. */
    static String bare(String word) {
        String folded = Normalizer.normalize(word, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return IGNORED.matcher(folded).replaceAll("");
    }

    /** The words of a meaning, in the order of the file; none for a meaning that is not in it. */
    List<String> words(String meaning) {
        return wordsByMeaning.getOrDefault(meaning, List.of());
    }

    /** What a word means. */
    Optional<String> meaning(String word) {
        String bare = bare(word);
        return wordsByMeaning.entrySet().stream()
                .filter(entry -> entry.getValue().contains(bare))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
