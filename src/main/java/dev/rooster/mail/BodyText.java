package dev.rooster.mail;

import java.nio.charset.StandardCharsets;

/** Text of a body before it is encoded: lines ended by CRLF, no control characters. */
final class BodyText {
    private BodyText() {}

    /**
     * Fixed text, which was checked when the issue was added: every line end becomes CRLF (RFC 2045 §6.8).
     *
     * @throws IllegalArgumentException when it holds a control character (which makes Gmail clip a mail of any size) or
     *     half of a surrogate pair
     */
    static String ofFixed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text, i)) {
                throw new IllegalArgumentException(String.format(
                        "the text holds U+%04X at character %d, a control character or broken one",
                        (int) text.charAt(i), i + 1));
            }
        }
        return crlf(text);
    }

    /** A recipient's value: what is unsafe becomes a blank, for it must not stop the mail to them. */
    static String ofValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F && c < 0xA0 || Character.isSurrogate(c)) {
                return harmless(text);
            }
        }
        return text;
    }

    private static String harmless(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text, i)) {
                out.setCharAt(i, ' ');
            }
        }
        return crlf(out.toString());
    }

    private static String crlf(String text) {
        if (text.indexOf('\r') < 0) {
            return text.replace("\n", "\r\n");
        }
        return text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    }

    private static boolean isUnsafe(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
