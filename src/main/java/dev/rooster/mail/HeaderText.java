package dev.rooster.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Header values as they are written: folded, and encoded where they are not ASCII. What could start a second header is
 * refused or cleaned here, whatever was checked before.
 */
final class HeaderText {
    /** RFC 2047 §2: a line with an encoded-word holds at most 76 characters; our other lines keep to it too. */
    static final int LINE_LENGTH_MAX = 76;

    private static final int ENCODED_WORD_LENGTH_MAX = 75;
    private static final String WORD_START = "=?UTF-8?B?";
    private static final String WORD_END = "?=";
    /** ASCII texts with a longer word are encoded, so that they can be folded. */
    private static final int PLAIN_WORD_LENGTH_MAX = 60;

    private HeaderText() {}

    /** Refuses what no header may hold: controls with CR and LF, line separators, halves of surrogate pairs. */
    static String requireSafe(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (isUnsafe(value, i)) {
                throw new IllegalArgumentException(String.format(
                        "%s holds U+%04X at character %d: line breaks and control characters cannot stand in a header",
                        field, (int) value.charAt(i), i + 1));
            }
        }
        return value;
    }

    /** The same characters made harmless: for a person's name, which must not stop the mail to them. */
    static String clean(String value) {
        StringBuilder out = null;
        for (int i = 0; i < value.length(); i++) {
            if (isUnsafe(value, i)) {
                out = out == null ? new StringBuilder(value) : out;
                out.setCharAt(i, ' ');
            }
        }
        String clean = out == null ? value : out.toString();
        return out == null && clean.indexOf("  ") < 0
                ? clean.strip()
                : clean.strip().replaceAll(" {2,}", " ");
    }

    private static boolean isUnsafe(String value, int i) {
        char c = value.charAt(i);
        if (Character.isSurrogate(c)) {
            return Character.isHighSurrogate(c)
                    ? i + 1 >= value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
                    : i == 0 || !Character.isHighSurrogate(value.charAt(i - 1));
        }
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** Free text such as a Subject, after the name and colon that {@code line} ends with. */
    static void appendUnstructured(StringBuilder out, String text) {
        if (!isPlain(text)) {
            appendEncodedWords(out, text);
            return;
        }
        int column = column(out);
        boolean first = true;
        for (String word : text.split(" ")) {
            // Never before the first word: the line would hold nothing but the field's name.
            boolean fold = !first && column + 1 + word.length() > LINE_LENGTH_MAX;
            out.append(first ? "" : fold ? "\r\n " : " ").append(word);
            column = fold ? 1 + word.length() : column + word.length() + (first ? 0 : 1);
            first = false;
        }
    }

    /** A display name and an address in angle brackets (RFC 5322 §3.4); the name may be null or empty. */
    static void appendMailbox(StringBuilder out, String name, String address) {
        if (name == null || name.isEmpty()) {
            appendToken(out, address);
            return;
        }
        appendPhrase(out, name);
        out.append(column(out) + 3 + address.length() > LINE_LENGTH_MAX ? "\r\n <" : " <");
        out.append(address).append('>');
    }

    /** A display name: atoms, a quoted string, or encoded-words, never these inside quotes (RFC 2047 §5). */
    private static void appendPhrase(StringBuilder out, String name) {
        if (!isPlain(name) || name.length() > PLAIN_WORD_LENGTH_MAX) {
            appendEncodedWords(out, name);
        } else if (name.chars().allMatch(c -> c == ' ' || LocalPart.isAtext(c))) {
            out.append(name);
        } else {
            out.append('"').append(name.replaceAll("[\"\\\\]", "\\\\$0")).append('"');
        }
    }

    /**
     * A token that cannot be broken, on a line of its own when it fits there and not here (folding white space may
     * stand before it, RFC 5322 §2.2.3).
     */
    static void appendToken(StringBuilder out, String token) {
        boolean fits = column(out) + token.length() <= LINE_LENGTH_MAX;
        if (!fits && 1 + token.length() <= LINE_LENGTH_MAX && column(out) > 1) {
            out.setLength(out.length() - 1);
            out.append("\r\n ");
        }
        out.append(token);
    }

    /** One or more B-encoded words (RFC 2047), none splitting a character, each on a line of at most 76 characters. */
    private static void appendEncodedWords(StringBuilder out, String text) {
        int column = column(out);
        int at = 0;
        while (at < text.length()) {
            int room = Math.min(ENCODED_WORD_LENGTH_MAX, LINE_LENGTH_MAX - column)
                    - WORD_START.length()
                    - WORD_END.length();
            int end = endWithin(text, at, room / 4 * 3);
            if (end > at) {
                byte[] octets = text.substring(at, end).getBytes(StandardCharsets.UTF_8);
                out.append(WORD_START)
                        .append(Base64.getEncoder().encodeToString(octets))
                        .append(WORD_END);
                at = end;
            }
            if (at < text.length()) {
                out.append("\r\n ");
                column = 1;
            }
        }
    }

    /** The furthest index after {@code start} whose text fits into so many UTF-8 octets; whole code points only. */
    private static int endWithin(String text, int start, int octetsMax) {
        int octets = 0;
        int at = start;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            octets += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (octets > octetsMax) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** Whether it can stand as it is: ASCII, foldable at single blanks, nothing that would be read as encoded. */
    private static boolean isPlain(String text) {
        int word = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7F || c < 0x20) {
                return false;
            }
            word = c == ' ' ? 0 : word + 1;
            boolean oddBlank = c == ' ' && (i == 0 || i == text.length() - 1 || text.charAt(i - 1) == ' ');
            if (oddBlank || word > PLAIN_WORD_LENGTH_MAX) {
                return false;
            }
        }
        return !text.contains("=?");
    }

    private static int column(StringBuilder out) {
        return out.length() - out.lastIndexOf("\n") - 1;
    }
}
