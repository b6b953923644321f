package dev.rooster.mail;

/** The body of one MIME part, compiled: its fixed text is transfer-encoded already. Immutable and thread-safe. */
interface EncodedPart {

    /** The value of Content-Transfer-Encoding. */
    String encodingName();

    /**
     * Writes the encoded body for one recipient: lines of at most 76 characters ended by CRLF, none after the last, for
     * that line end belongs to the boundary which follows (RFC 2046 §5.1.1).
     */
    void write(MergeValues values, MessageBuffer out);

    /**
     * Compiles with whichever of quoted-printable and base64 gives the shorter body (RFC 2045 §6.2): base64 where about
     * one octet in six or more is not ASCII.
     */
    static EncodedPart shortest(Skeleton skeleton) {
        EncodedPart quotedPrintable = new QuotedPrintablePart(skeleton);
        EncodedPart base64 = new Base64Part(skeleton);
        return size(quotedPrintable) <= size(base64) ? quotedPrintable : base64;
    }

    private static int size(EncodedPart part) {
        MessageBuffer out = new MessageBuffer();
        part.write(EncodedPart::sample, out);
        return out.length();
    }

    /** Values of an ordinary length, to compare encodings by. */
    private static String sample(String field) {
        return field.startsWith("link.") ? "https://news.example.com/u/" + "a".repeat(68) : "홍길동";
    }
}
