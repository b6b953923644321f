package dev.rooster.mail.dsn;

/** Decodes RFC 2047 encoded words in a header value, and raw octets beside them. */
final class EncodedWords {
    private EncodedWords() {}

    static String decode(String raw) {
        int start = raw.indexOf("=?");
        if (start < 0) {
            return TextDecoder.decode(raw, null);
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        boolean afterWord = false;
        while (start >= 0) {
            int charsetEnd = raw.indexOf('?', start + 2);
            int textStart = charsetEnd < 0 ? -1 : charsetEnd + 3;
            if (charsetEnd < 0 || textStart > raw.length() || raw.charAt(charsetEnd + 2) != '?') {
                start = raw.indexOf("=?", start + 2);
                continue;
            }
            int end = raw.indexOf("?=", textStart);
            if (end < 0) {
                break;
            }
            String between = raw.substring(done, start);
            // RFC 2047 §6.2: white space between two encoded words is not shown.
            if (!(afterWord && between.isBlank())) {
                out.append(TextDecoder.decode(between, null));
            }
            String text = raw.substring(textStart, end);
            char encoding = raw.charAt(charsetEnd + 1);
            String octets = encoding == 'B' || encoding == 'b'
                    ? TransferEncoding.base64(text)
                    : TransferEncoding.quotedPrintable(text, true);
            String charset = raw.substring(start + 2, charsetEnd);
            int language = charset.indexOf('*');
            out.append(TextDecoder.decode(octets, language < 0 ? charset : charset.substring(0, language)));
            done = end + 2;
            afterWord = true;
            start = raw.indexOf("=?", done);
        }
        return out.append(TextDecoder.decode(raw.substring(done), null)).toString();
    }
}
