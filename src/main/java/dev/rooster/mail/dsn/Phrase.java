package dev.rooster.mail.dsn;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A phrase of a rule: literal lower-case text in which {@code *} stands for up to {@value #GAP_MAX} characters. A
 * leading {@code ^} ties it to the start of the text; a leading or trailing {@code _} demands that no letter or digit
 * goes before or after it. Matching is plain searching without backtracking, so its time is bounded whatever the input.
 * Immutable.
 */
final class Phrase {
    private static final int GAP_MAX = 60;
    private static final int TRIES_MAX = 20;

    private final String[] pieces;
    private final boolean atStart;
    private final boolean wordStart;
    private final boolean wordEnd;
    private final int firstGram;
    private final int lastGram;

    Phrase(String text) {
        String rest = text.toLowerCase(Locale.ROOT);
        atStart = rest.startsWith("^");
        rest = atStart ? rest.substring(1) : rest;
        wordStart = rest.startsWith("_");
        rest = wordStart ? rest.substring(1) : rest;
        wordEnd = rest.endsWith("_");
        rest = wordEnd ? rest.substring(0, rest.length() - 1) : rest;
        pieces = rest.split(" ?\\* ?", -1);
        for (String piece : pieces) {
            if (piece.isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' has an empty piece");
            }
        }
        String last = pieces[pieces.length - 1];
        firstGram = pieces[0].length() < Wording.GRAM ? -1 : Wording.gram(pieces[0], 0);
        lastGram = last.length() < Wording.GRAM ? -1 : Wording.gram(last, last.length() - Wording.GRAM);
    }

    /** Compiles phrases, several of which may stand on a line, separated by {@code " | "}. */
    static List<Phrase> all(List<String> lines) {
        return lines.stream()
                .flatMap(line -> Stream.of(line.split(" \\| ")))
                .map(Phrase::new)
                .toList();
    }

    static boolean any(List<Phrase> phrases, Wording wording) {
        for (int i = 0; i < phrases.size(); i++) {
            if (phrases.get(i).in(wording)) {
                return true;
            }
        }
        return false;
    }

    /** True if the phrase occurs. */
    boolean in(Wording wording) {
        if (!wording.mayHold(firstGram) || !wording.mayHold(lastGram)) {
            return false;
        }
        String text = wording.text();
        if (atStart) {
            return text.startsWith(pieces[0]) && restMatches(text, 0);
        }
        int from = 0;
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            int at = text.indexOf(pieces[0], from);
            if (at < 0) {
                return false;
            }
            if ((!wordStart || at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) && restMatches(text, at)) {
                return true;
            }
            from = at + 1;
        }
        return false;
    }

    /** Where a piece begins at most {@value #GAP_MAX} characters on, or -1. */
    private static int within(String text, String piece, int from) {
        int last = Math.min(from + GAP_MAX, text.length() - piece.length());
        for (int i = from; i <= last; i++) {
            if (text.startsWith(piece, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean restMatches(String text, int at) {
        int end = at + pieces[0].length();
        for (int i = 1; i < pieces.length; i++) {
            int next = within(text, pieces[i], end);
            if (next < 0) {
                return false;
            }
            end = next + pieces[i].length();
        }
        return !wordEnd || end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
    }
}
