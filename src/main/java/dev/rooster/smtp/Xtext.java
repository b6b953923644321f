package dev.rooster.smtp;

import java.util.Locale;

/** Encodes the values of ESMTP parameters. */
final class Xtext {
    private Xtext() {}

    /** RFC 3461 §4: printable ASCII but "+" and "=" as it is, other octets as "+" and two upper-case digits. */
    static String encode(String ascii) {
        StringBuilder out = new StringBuilder(ascii.length() + 8);
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c > 0x7f) {
                throw new IllegalArgumentException("xtext is made from ASCII only");
            }
            if (c > ' ' && c < 0x7f && c != '+' && c != '=') {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "+%02X", (int) c));
            }
        }
        return out.toString();
    }

    /** RFC 6533 §3, utf-8-addr-xtext: what does not stand for itself is "\x{" HEX "}". The result is ASCII. */
    static String encodeUtf8Address(String address) {
        StringBuilder out = new StringBuilder(address.length() * 4);
        address.codePoints().forEach(c -> {
            if (c > ' ' && c < 0x7f && c != '+' && c != '=' && c != '\\') {
                out.append((char) c);
            } else {
                out.append(String.format(Locale.ROOT, "\\x{%02X}", c));
            }
        });
        return out.toString();
    }
}
