package dev.rooster.mail.dsn;

import java.util.List;
import java.util.Locale;

/**
 * Makes free text comparable: lower case, single spaces, straight apostrophes, and each address replaced by a bare
 * {@code @}, because local parts like {@code mailbox-full} must not be read as wording.
 */
final class Wording {
    private Wording() {}

    static String normalise(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int next = 0;
        List<AddressScanner.Found> addresses = AddressScanner.scan(text);
        for (AddressScanner.Found address : addresses) {
            append(out, text, next, address.from());
            out.append('@');
            next = address.to();
        }
        append(out, text, next, text.length());
        return out.toString().strip().toLowerCase(Locale.ROOT);
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
            } else if (c >= ' ' && c != '\u200b' && c != '\u00ad') {
                out.append(c);
            }
        }
    }
}
