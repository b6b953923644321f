package dev.rooster.mail;

/**
 * Encodes pieces of text as quoted-printable, one after the other (RFC 2045 §6.7), remembering the column. Characters
 * are never split by a soft line break. Not thread-safe.
 */
final class QuotedPrintableWriter {
    /** 76 less the "=" of a soft line break. */
    private static final int COLUMN_MAX = 75;

    private static final byte[] HEX = BodyText.utf8("0123456789ABCDEF");
    private static final byte[] SOFT_BREAK = BodyText.utf8("=\r\n");
    private static final byte[] HARD_BREAK = BodyText.utf8("\r\n");

    private final MessageBuffer out;
    private int column;

    QuotedPrintableWriter(MessageBuffer out) {
        this.out = out;
    }

    int column() {
        return column;
    }

    /**
     * @param text lines ended by CRLF, a whole number of characters
     */
    void write(String text) {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            int next = at + Character.charCount(c);
            if (c == '\r') {
                out.append(HARD_BREAK);
                column = 0;
                next++;
            } else {
                boolean literal = isLiteral(c, text, next);
                int width = literal ? 1 : c < 0x80 ? 3 : c < 0x800 ? 6 : c < 0x10000 ? 9 : 12;
                if (column + width > COLUMN_MAX) {
                    softBreak();
                    literal = isLiteral(c, text, next);
                    width = literal ? 1 : Math.max(width, 3);
                }
                if (literal) {
                    out.append(c);
                } else {
                    encode(c);
                }
                column += width;
            }
            at = next;
        }
    }

    /** Goes on with text that was encoded from column 0. */
    void continueAtColumnZero(byte[] encoded, int endColumn) {
        if (column > 0) {
            softBreak();
        }
        out.append(encoded);
        column = endColumn;
    }

    private void softBreak() {
        out.append(SOFT_BREAK);
        column = 0;
    }

    private boolean isLiteral(int c, String text, int next) {
        if (c == ' ') {
            // Blanks at a line's end get lost on the way; what follows the end of this piece is not known.
            return next < text.length() && text.charAt(next) != '\r';
        }
        if (column == 0 && (c == '.' || c == 'F' && text.startsWith("rom ", next))) {
            // A line must begin neither with a dot (RFC 5321 §4.5.2) nor with "From " (mailbox files): some software
            // on the way gets it wrong, and the signature breaks.
            return false;
        }
        return c > ' ' && c < 0x7F && c != '=';
    }

    private void encode(int c) {
        if (c < 0x80) {
            encodeOctet(c);
        } else if (c < 0x800) {
            encodeOctet(0xC0 | c >> 6);
            encodeOctet(0x80 | c & 0x3F);
        } else if (c < 0x10000) {
            encodeOctet(0xE0 | c >> 12);
            encodeOctet(0x80 | c >> 6 & 0x3F);
            encodeOctet(0x80 | c & 0x3F);
        } else {
            encodeOctet(0xF0 | c >> 18);
            encodeOctet(0x80 | c >> 12 & 0x3F);
            encodeOctet(0x80 | c >> 6 & 0x3F);
            encodeOctet(0x80 | c & 0x3F);
        }
    }

    private void encodeOctet(int octet) {
        out.append('=');
        out.append(HEX[octet >> 4]);
        out.append(HEX[octet & 15]);
    }
}
