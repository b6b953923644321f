package dev.rooster.bounce;

import dev.rooster.mail.dsn.PersonalMail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a person asks in plain words to get no more mail. The words are data: {@code stop-wording.txt} beside this class.
 * Immutable and thread-safe.
 *
 * <p>It only decides what a person looks at, so it rather finds too much; the one thing it must not do is read our own footer,
 * quoted in an answer, as a wish.
 */
final class StopWording {
    private static final Pattern ANSWER =
            Pattern.compile("^(re|fw|fwd|aw|답장|회신|전달) ?[:：].*", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern NOT_WORDS = Pattern.compile("[\\p{P}\\p{S}\\s]+");

    private final List<String> contained = new ArrayList<>();
    private final List<String> whole = new ArrayList<>();

    private StopWording() {}

    /** The words that the program ships. */
    static StopWording standard() {
        StopWording wording = new StopWording();
        try (InputStream in = StopWording.class.getResourceAsStream("stop-wording.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().map(String::strip).forEach(wording::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return wording;
    }

    private void add(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String[] entry = line.split(" ", 2);
        List<String> phrases = switch (entry[0]) {
            case "contains" -> contained;
            case "whole" -> whole;
            default -> throw new IllegalStateException("stop-wording.txt: neither contains nor whole: " + line);
        };
        phrases.add(squeeze(entry[1]));
    }

    /** The subject is read only if it is the person's own, and not that of an answer. */
    boolean asks(PersonalMail mail) {
        return !mail.automatic()
                && (asks(mail.words()) || !ANSWER.matcher(mail.subject()).matches() && asks(mail.subject()));
    }

    private boolean asks(String text) {
        String squeezed = squeeze(text);
        return whole.contains(squeezed.strip()) || contained.stream().anyMatch(squeezed::contains);
    }

    /** One blank between words and around all of them; no punctuation, one case, one form of each character. */
    private static String squeeze(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace("'", "")
                .replace("’", "");
        return NOT_WORDS.matcher(plain).replaceAll(" ").strip();
    }
}
