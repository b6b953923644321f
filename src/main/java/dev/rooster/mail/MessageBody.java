package dev.rooster.mail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The MIME body of a message: text/plain alone, or multipart/alternative with text/plain first and text/html last,
 * the one a reader's program prefers (RFC 2046 §5.1.4). 7-bit, CRLF lines. Immutable and thread-safe.
 */
final class MessageBody {
    private final EncodedPart text;
    private final EncodedPart html;
    private final String boundary;
    private final byte[] beforeText;
    private final byte[] beforeHtml;
    private final byte[] end;

    /**
     * @param htmlOrNull null for a message of text alone
     */
    MessageBody(Skeleton textSkeleton, Skeleton htmlOrNull) {
        text = EncodedPart.shortest(textSkeleton);
        html = htmlOrNull == null ? null : EncodedPart.shortest(htmlOrNull);
        // "=_" occurs in no quoted-printable and no base64 text (RFC 2045 §6.7), so no body holds the boundary.
        boundary = "=_" + (htmlOrNull == null ? "" : hash(textSkeleton, htmlOrNull));
        beforeText = html == null ? new byte[0] : partHead("--", text, "text/plain");
        beforeHtml = html == null ? new byte[0] : partHead("\r\n--", html, "text/html");
        end = BodyText.utf8(html == null ? "\r\n" : "\r\n--" + boundary + "--\r\n");
    }

    private byte[] partHead(String before, EncodedPart part, String type) {
        return BodyText.utf8(before + boundary + "\r\nContent-Type: " + type
                + "; charset=UTF-8\r\nContent-Transfer-Encoding: " + part.encodingName() + "\r\n\r\n");
    }

    /** The same boundary whenever the same texts are compiled: a copy that is tried again stays the same. */
    private static String hash(Skeleton text, Skeleton html) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(BodyText.utf8(SkeletonText.format(text)));
            digest.update(BodyText.utf8(SkeletonText.format(html)));
            return HexFormat.of().formatHex(digest.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every Java platform", e);
        }
    }

    /** Adds what describes the body (RFC 2045 §4, §5). */
    void describe(HeaderBlock headers) {
        headers.literal("MIME-Version", "1.0");
        if (html == null) {
            headers.literal("Content-Type", "text/plain; charset=UTF-8");
            headers.literal("Content-Transfer-Encoding", text.encodingName());
        } else {
            headers.literal("Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"");
        }
    }

    /** Writes everything after the empty line that ends the headers. */
    void write(MergeValues values, MessageBuffer out) {
        out.append(beforeText);
        text.write(values, out);
        if (html != null) {
            out.append(beforeHtml);
            html.write(values, out);
        }
        out.append(end);
    }

    PartSizes sizes(MergeValues values) {
        return new PartSizes(size(text, values), html == null ? 0 : size(html, values));
    }

    private static int size(EncodedPart part, MergeValues values) {
        MessageBuffer out = new MessageBuffer();
        part.write(values, out);
        return out.length();
    }
}
