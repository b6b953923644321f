package dev.rooster.mail.dsn;

import java.util.List;
import java.util.Locale;

/**
 * Free text made comparable: lower case, single spaces, straight apostrophes, and each address replaced by a bare
 * {@code @}, because local parts like {@code mailbox-full} must not be read as wording.
 *
 * <p>It remembers which groups of {@value #GRAM} characters occur, as a bit for each hash: of some thousand phrases all
 * but a few are then told absent without a search.
 */
final class Wording {
    static final int GRAM = 4;
    static final Wording NONE = new Wording("");

    private static final int BITS = 1 << 15;

    private final String text;
    private final long[] grams;

    private Wording(String text) {
        this.text = text;
        grams = new long[BITS / Long.SIZE];
        for (int i = 0; i + GRAM <= text.length(); i++) {
            int gram = gram(text, i);
            grams[gram >> 6] |= 1L << gram;
        }
    }

    /** Text that is lower case already, with nothing replaced. */
    static Wording plain(String lower) {
        return new Wording(lower);
    }

    static Wording of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int next = 0;
        List<AddressScanner.Found> addresses = AddressScanner.scan(text);
        for (AddressScanner.Found address : addresses) {
            append(out, text, next, address.from());
            out.append('@');
            next = address.to();
        }
        append(out, text, next, text.length());
        return new Wording(out.toString().strip().toLowerCase(Locale.ROOT));
    }

    String text() {
        return text;
    }

    /** False if a gram surely does not occur; always true for -1. */
    boolean mayHold(int gram) {
        return gram < 0 || (grams[gram >> 6] & 1L << gram) != 0;
    }

    static int gram(String text, int at) {
        int hash = text.charAt(at);
        for (int i = 1; i < GRAM; i++) {
            hash = hash * 31 + text.charAt(at + i);
        }
        return (hash ^ hash >>> 15) & (BITS - 1);
    }

    private static void append(StringBuilder out, String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '\u00a0' || c == '\u3000') {
                if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
            } else if (c == '\u2019' || c == '\u2018') {
                out.append('\'');
            } else if (c == '\u201c' || c == '\u201d') {
                out.append('"');
            } else if (c != '\u200b' && c != '\u00ad') {
                out.append(c);
            }
        }
    }
}
