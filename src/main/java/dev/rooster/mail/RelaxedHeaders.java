package dev.rooster.mail;

/** The "relaxed" canonicalisation of header fields (RFC 6376 §3.4.2), on octets. */
final class RelaxedHeaders {
    private RelaxedHeaders() {}

    /**
     * Appends every field of a header block in order: name in lower case, unfolded, runs of blanks made one, none at the
     * ends, CRLF after it.
     *
     * @param end just behind the last field's CRLF, or behind its last character
     */
    static void append(byte[] source, int start, int end, MessageBuffer out) {
        int at = start;
        while (at < end) {
            int fieldEnd = fieldEnd(source, at, end);
            appendField(source, at, fieldEnd, out);
            at = fieldEnd;
        }
    }

    /** Behind the CRLF that no blank follows. */
    private static int fieldEnd(byte[] source, int start, int end) {
        for (int i = start; i < end; i++) {
            if (source[i] == '\n' && (i + 1 >= end || !isBlank(source[i + 1]))) {
                return i + 1;
            }
        }
        return end;
    }

    private static void appendField(byte[] source, int start, int end, MessageBuffer out) {
        int at = start;
        while (source[at] != ':') {
            byte c = source[at++];
            out.append(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        out.append(':');
        boolean blank = false;
        boolean empty = true;
        for (int i = at + 1; i < end; i++) {
            byte c = source[i];
            if (isBlank(c)) {
                blank = true;
            } else if (c != '\r' && c != '\n') {
                if (blank && !empty) {
                    out.append(' ');
                }
                out.append(c);
                blank = false;
                empty = false;
            }
        }
        out.appendAscii("\r\n");
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
