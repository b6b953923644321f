package dev.rooster.mail.dsn;

import java.util.Locale;

/** Undoes content transfer encodings (RFC 2045 §6), forgiving every mistake. Octets are held one per char. */
final class TransferEncoding {
    private static final byte[] BASE64 = new byte[128];

    static {
        java.util.Arrays.fill(BASE64, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            BASE64[alphabet.charAt(i)] = (byte) i;
        }
    }

    private TransferEncoding() {}

    static String undo(String octets, String encoding) {
        String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("base64")) {
            return base64(octets);
        }
        return name.startsWith("quoted-printable") ? quotedPrintable(octets, false) : octets;
    }

    static String base64(String octets) {
        StringBuilder out = new StringBuilder(octets.length() * 3 / 4 + 3);
        int bits = 0;
        int held = 0;
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            int value = c < 128 ? BASE64[c] : -1;
            if (value >= 0) {
                held = (held << 6 | value) & 0xFFFFFF;
                bits += 6;
                if (bits >= 8) {
                    bits -= 8;
                    out.append((char) (held >> bits & 0xFF));
                }
            } else if (c == '=') {
                bits = 0;
            }
        }
        return out.toString();
    }

    /** @param header the variant of RFC 2047 §4.2, in which an underscore is a space */
    static String quotedPrintable(String octets, boolean header) {
        if (octets.indexOf('=') < 0 && !(header && octets.indexOf('_') >= 0)) {
            return octets;
        }
        StringBuilder out = new StringBuilder(octets.length());
        int length = octets.length();
        for (int i = 0; i < length; i++) {
            char c = octets.charAt(i);
            if (header && c == '_') {
                out.append(' ');
            } else if (c != '=') {
                out.append(c);
            } else if (i + 2 < length && hex(octets.charAt(i + 1)) >= 0 && hex(octets.charAt(i + 2)) >= 0) {
                out.append((char) (hex(octets.charAt(i + 1)) << 4 | hex(octets.charAt(i + 2))));
                i += 2;
            } else {
                int end = i + 1;
                while (end < length && (octets.charAt(end) == ' ' || octets.charAt(end) == '\t')) {
                    end++;
                }
                if (end < length && octets.charAt(end) == '\n') {
                    i = end;
                } else if (end < length) {
                    out.append(c);
                }
            }
        }
        return out.toString();
    }

    static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
