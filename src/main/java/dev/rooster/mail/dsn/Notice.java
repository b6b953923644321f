package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The part of a report that is written for people, cut where the returned message begins.
 *
 * @param lines the notice, at most {@value #LINES_MAX} lines
 * @param returned header fields of the message returned behind it, if it stands in the same text; may be empty
 * @param rest the text from that message on; empty if there is none
 */
record Notice(List<String> lines, MailHeaders returned, String rest) {
    private static final int LINES_MAX = 600;
    private static final int CHARS_MAX = 48_000;
    private static final int LINE_MAX = 2_000;

    /** Fields with which a message begins; a notice's own lines do not look so. */
    private static final List<String> MESSAGE_FIELDS = List.of(
            "received",
            "return-path",
            "message-id",
            "dkim-signature",
            "mime-version",
            "x-received",
            "delivered-to",
            "arc-seal",
            "x-google-smtp-source",
            "x-originating-ip",
            "domainkey-signature");

    static Notice of(String text, LayoutRules layout) {
        List<String> lines = new ArrayList<>();
        int at = 0;
        int length = Math.min(text.length(), CHARS_MAX);
        while (at < length && lines.size() < LINES_MAX) {
            int end = MailHeaders.lineEnd(text, at, length);
            String line = text.substring(at, Math.min(end, at + LINE_MAX)).stripTrailing();
            if (!lines.isEmpty() && layout.announcesOriginal(line)) {
                int start = fieldsBehind(text, end);
                return start < 0
                        ? new Notice(lines, MailHeaders.EMPTY, "")
                        : new Notice(lines, MailHeaders.read(text, start, text.length()), text.substring(start));
            }
            if (lines.size() > 2 && beginsMessage(text, at, end)) {
                return new Notice(lines, MailHeaders.read(text, at, text.length()), text.substring(at));
            }
            lines.add(line);
            at = end + 1;
        }
        return new Notice(lines, MailHeaders.EMPTY, "");
    }

    /** Where the fields of a message begin soon after a line, or -1. */
    private static int fieldsBehind(String text, int end) {
        int at = end;
        for (int skipped = 0; skipped < 6 && at < text.length(); skipped++) {
            int start = at + 1;
            int lineEnd = MailHeaders.lineEnd(text, start, text.length());
            if (start < text.length() && MailHeaders.nameEnd(text, start, lineEnd) > 0) {
                return start;
            }
            at = lineEnd;
        }
        return -1;
    }

    private static boolean beginsMessage(String text, int start, int end) {
        int colon = MailHeaders.nameEnd(text, start, end);
        if (colon < 0) {
            return false;
        }
        String name = text.substring(start, colon).strip().toLowerCase(Locale.ROOT);
        if (!MESSAGE_FIELDS.contains(name) || end + 1 >= text.length()) {
            return false;
        }
        char next = text.charAt(end + 1);
        return next == ' '
                || next == '\t'
                || MailHeaders.nameEnd(text, end + 1, MailHeaders.lineEnd(text, end + 1, text.length())) > 0;
    }

    String text() {
        return String.join("\n", lines);
    }
}
