package dev.rooster.issue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The headings that mean a part of the mail instead of a topic, in every language that has a data file
 * {@code headings-*.properties}. Emoji, signs, spaces and case don't matter; {@code : other title} after one overrides
 * what is shown. Immutable.
 */
final class ReservedHeadings {
    /** Languages with a data file; a writer may use the words of any. */
    private static final List<String> LANGUAGES = List.of("ko", "en");

    /** Letters before or after a reserved word that make it "almost reserved": 마무리하며, AI 주간 뉴스. */
    private static final int EXTRA_LETTERS_MAX = 3;

    /** A part of the mail that has a heading of its own. */
    enum Reserved {
        CLOSING(2),
        NEWS(2),
        FEEDBACK(2),
        SPONSOR(2),
        RELATED(3);

        private final int level;

        Reserved(int level) {
            this.level = level;
        }

        /** The heading level it is written at. */
        int level() {
            return level;
        }
    }

    /**
     * What a heading means.
     *
     * @param part empty for an ordinary heading
     * @param title what follows the colon of a reserved heading; "" when nothing
     * @param near the reserved word an ordinary heading almost is; "" when it is near none
     */
    record Meaning(Optional<Reserved> part, String title, String near) {}

    private final Map<String, Reserved> partByWord = new HashMap<>();
    private final Map<String, String> shownByWord = new LinkedHashMap<>();

    ReservedHeadings() {
        LANGUAGES.forEach(this::load);
    }

    Meaning of(String heading) {
        int colon = Colon.indexIn(heading);
        String word = normalised(colon < 0 ? heading : heading.substring(0, colon));
        Reserved part = partByWord.get(word);
        if (part != null) {
            return new Meaning(
                    Optional.of(part),
                    colon < 0 ? "" : heading.substring(colon + 1).strip(),
                    "");
        }
        return new Meaning(Optional.empty(), "", nearest(word));
    }

    /** The word shown for a part in messages: the first one of the language of the file it was found in. */
    private String nearest(String word) {
        Optional<String> near = NearWord.find(word, shownByWord.keySet());
        return near.or(() -> partByWord.keySet().stream()
                        .filter(reserved -> isExtended(word, reserved))
                        .findFirst())
                .map(shownByWord::get)
                .orElse("");
    }

    private static boolean isExtended(String word, String reserved) {
        int extra = word.length() - reserved.length();
        return extra > 0
                && extra <= EXTRA_LETTERS_MAX
                && reserved.length() > 2
                && (word.startsWith(reserved) || word.endsWith(reserved));
    }

    private void load(String language) {
        Properties words = new Properties();
        String file = "headings-" + language + ".properties";
        try (InputStream in = ReservedHeadings.class.getResourceAsStream(file)) {
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own file " + file + " can't be read", e);
        }
        for (Reserved part : Reserved.values()) {
            String line = words.getProperty(part.name().toLowerCase(Locale.ROOT));
            Arrays.stream(line.split("\\|")).map(String::strip).forEach(word -> {
                partByWord.put(normalised(word), part);
                shownByWord.put(normalised(word), word);
            });
        }
    }

    private static String normalised(String text) {
        return Emoji.removedFrom(Normalizer.normalize(text, Normalizer.Form.NFC))
                .replaceAll("[^\\p{L}\\p{N}]", "")
                .toLowerCase(Locale.ROOT);
    }
}
