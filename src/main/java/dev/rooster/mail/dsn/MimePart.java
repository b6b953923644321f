package dev.rooster.mail.dsn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A mail or one of its parts (RFC 2045, 2046), read as forgivingly as mail programs must: any line ends, missing or
 * wrong boundaries, no limit that a crafted mail could turn into time or memory.
 *
 * @param headers its fields
 * @param type media type, lower case, without parameters
 * @param body octets one per char, line ends LF, transfer encoding not yet undone
 * @param parts the parts of a multipart; else empty
 */
record MimePart(MailHeaders headers, String type, String body, List<MimePart> parts) {
    /** What a report says about us stands at its beginning; more than this is not looked at. */
    static final int BYTES_MAX = 1 << 20;

    private static final int DEPTH_MAX = 8;
    private static final int PARTS_MAX = 40;

    static MimePart read(byte[] message) {
        return read(withLineFeeds(message));
    }

    /** Reads a mail with line ends LF; characters beyond an octet, from text decoded before, are kept. */
    static MimePart read(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == '\n') {
            start++;
        }
        return read(text.substring(start), DEPTH_MAX);
    }

    private static MimePart read(String text, int depth) {
        MailHeaders headers = MailHeaders.read(text, 0, text.length());
        String contentType = headers.first("content-type");
        String type = mediaType(contentType);
        String body = text.substring(headers.end());
        if (type.startsWith("multipart/") && depth > 0) {
            List<String> pieces = pieces(body, parameter(contentType, "boundary"));
            if (!pieces.isEmpty()) {
                List<MimePart> parts = new ArrayList<>(pieces.size());
                for (String piece : pieces) {
                    parts.add(read(piece, depth - 1));
                }
                return new MimePart(headers, type, "", parts);
            }
            return new MimePart(headers, "text/plain", body, List.of());
        }
        return new MimePart(headers, type, body, List.of());
    }

    /** The mail that a message/rfc822 part holds. */
    MimePart embedded() {
        String octets = TransferEncoding.undo(body, headers.first("content-transfer-encoding"));
        int start = 0;
        while (start < octets.length() && (octets.charAt(start) == '\n' || octets.charAt(start) == '\r')) {
            start++;
        }
        String text = octets.indexOf('\r') < 0 ? octets : withLineFeeds(octets);
        return read(text.substring(Math.min(start, text.length())), DEPTH_MAX / 2);
    }

    /** The body as text. */
    String text() {
        String octets = TransferEncoding.undo(body, headers.first("content-transfer-encoding"));
        String text = TextDecoder.decode(octets, parameter(headers.first("content-type"), "charset"));
        return text.indexOf('\r') < 0 ? text : withLineFeeds(text);
    }

    private static List<String> pieces(String body, String boundary) {
        String delimiter = boundary == null || boundary.isEmpty() ? null : "--" + boundary;
        int at = delimiter == null ? -1 : delimiterAt(body, delimiter, 0);
        if (at < 0) {
            delimiter = impliedDelimiter(body);
            at = delimiter == null ? -1 : delimiterAt(body, delimiter, 0);
        }
        List<String> pieces = new ArrayList<>();
        while (at >= 0 && pieces.size() < PARTS_MAX) {
            int start = MailHeaders.lineEnd(body, at, body.length()) + 1;
            if (start > body.length() || body.startsWith("--", at + delimiter.length())) {
                break;
            }
            int next = delimiterAt(body, delimiter, start);
            int end = next < 0 ? body.length() : Math.max(start, next - 1);
            pieces.add(body.substring(start, end));
            at = next;
        }
        return pieces;
    }

    private static int delimiterAt(String body, String delimiter, int from) {
        int at = body.indexOf(delimiter, from);
        while (at > 0 && body.charAt(at - 1) != '\n') {
            at = body.indexOf(delimiter, at + 1);
        }
        return at;
    }

    /** The declared boundary never occurs: a line of two hyphens followed by a content field is the real one. */
    private static String impliedDelimiter(String body) {
        int at = body.startsWith("--") ? 0 : body.indexOf("\n--") + 1;
        for (int tries = 0; at >= 0 && tries < 50; tries++) {
            int end = MailHeaders.lineEnd(body, at, body.length());
            if (body.startsWith("--", at)
                    && end - at > 4
                    && body.regionMatches(true, end + 1, "content-", 0, "content-".length())) {
                return body.substring(at, end).stripTrailing();
            }
            at = body.indexOf("\n--", end - 1);
            if (at < 0) {
                return null;
            }
            at++;
        }
        return null;
    }

    private static String mediaType(String contentType) {
        if (contentType == null) {
            return "text/plain";
        }
        int end = 0;
        while (end < contentType.length() && ";, \t(".indexOf(contentType.charAt(end)) < 0) {
            end++;
        }
        String type = contentType.substring(0, end).toLowerCase(Locale.ROOT);
        return type.indexOf('/') < 0 ? "text/plain" : type;
    }

    /** A parameter of a Content-Type value (RFC 2045 §5.1), or null. */
    static String parameter(String value, String name) {
        if (value == null) {
            return null;
        }
        String lower = value.toLowerCase(Locale.ROOT);
        for (int at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
            int equals = at + name.length();
            while (equals < value.length() && value.charAt(equals) == ' ') {
                equals++;
            }
            boolean begins = at == 0 || "; \t".indexOf(value.charAt(at - 1)) >= 0;
            if (!begins || equals >= value.length() || value.charAt(equals) != '=') {
                continue;
            }
            int start = equals + 1;
            while (start < value.length() && value.charAt(start) == ' ') {
                start++;
            }
            if (start < value.length() && value.charAt(start) == '"') {
                int close = value.indexOf('"', start + 1);
                return value.substring(start + 1, close < 0 ? value.length() : close);
            }
            int end = start;
            while (end < value.length() && "; \t".indexOf(value.charAt(end)) < 0) {
                end++;
            }
            return value.substring(start, end);
        }
        return null;
    }

    private static String withLineFeeds(byte[] message) {
        int length = Math.min(message.length, BYTES_MAX);
        return withLineFeeds(new String(message, 0, length, StandardCharsets.ISO_8859_1));
    }

    /** CRLF, CR CR LF and CR alone become LF. */
    private static String withLineFeeds(String text) {
        int at = text.indexOf('\r');
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        while (at >= 0) {
            out.append(text, done, at).append('\n');
            done = at + 1;
            int look = done;
            if (look < text.length()
                    && text.charAt(look) == '\r'
                    && look + 1 < text.length()
                    && text.charAt(look + 1) == '\n') {
                look++;
            }
            if (look < text.length() && text.charAt(look) == '\n') {
                done = look + 1;
            }
            at = text.indexOf('\r', done);
        }
        return out.append(text, done, text.length()).toString();
    }
}
