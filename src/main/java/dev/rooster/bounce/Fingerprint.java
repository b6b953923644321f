package dev.rooster.bounce;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Recognises a mail that was read before, though another road may have brought it the second time: collected, imported
 * from an mbox, piped. So it is made of what no road changes: From, Date, Message-ID, and the body with its line ends, its
 * trailing blank lines and mbox's {@code >From} made equal.
 */
final class Fingerprint {
    private static final List<String> HEADERS = List.of("from:", "date:", "message-id:");

    private Fingerprint() {}

    /** Of a mail and one recipient in it, 64 hex digits. */
    static String of(byte[] mail, String recipient) {
        String text = new String(mail, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text : text.substring(0, end);
        String body = end < 0 ? "" : text.substring(end + 2).stripTrailing().replaceAll("(?m)^>+From ", "From ");
        StringBuilder whole = new StringBuilder();
        head.lines()
                .filter(line -> HEADERS.stream()
                        .anyMatch(name -> line.toLowerCase(Locale.ROOT).startsWith(name)))
                .forEach(line -> whole.append(line.strip()).append('\n'));
        return sha256(whole.append('\n').append(body).append('\0').append(recipient.toLowerCase(Locale.ROOT)));
    }

    /** Of what a provider told, by its own id or by all that it said. */
    static String ofEvent(String provider, String event) {
        return sha256(new StringBuilder("event ").append(provider).append(' ').append(event));
    }

    /** Of the relay's answer to one try. */
    static String ofTry(long edition, long seq, Object at) {
        return sha256(new StringBuilder("smtp ")
                .append(edition)
                .append('/')
                .append(seq)
                .append(' ')
                .append(at));
    }

    private static String sha256(CharSequence text) {
        return ofBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Of anything, 64 hex digits. */
    static String ofBytes(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
