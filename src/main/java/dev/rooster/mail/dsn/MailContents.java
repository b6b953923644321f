package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** The parts of a mail that matter here, gathered from wherever they stand. */
final class MailContents {
    private static final int TEXT_MAX = 96_000;
    private static final int HTML_MAX = 64_000;
    private static final Set<String> UNSHOWN = Set.of("script", "style", "title");
    private static final Set<String> BLOCKS =
            Set.of("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "hr", "pre", "blockquote");

    final MimePart top;
    /** Text for people, plain or made from HTML. */
    final String notice;
    /** Contents of delivery-status parts. */
    final List<String> statuses = new ArrayList<>();
    /** Contents of the feedback-report part, or null. */
    String feedback;
    /** A receipt (RFC 8098) is among the parts. */
    boolean disposition;
    /** Header fields of the message returned in a part of its own; may be empty. */
    MailHeaders returned = MailHeaders.EMPTY;
    /** The first embedded mail, or null. */
    MimePart embedded;

    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder html = new StringBuilder();

    MailContents(MimePart top) {
        this.top = top;
        gather(top);
        notice = plain.toString().isBlank() && html.length() > 0 ? textOf(html) : plain.toString();
    }

    private void gather(MimePart part) {
        String type = part.type();
        if (type.startsWith("multipart/")) {
            part.parts().forEach(this::gather);
        } else if (type.endsWith("delivery-status")) {
            statuses.add(part.text());
        } else if (type.endsWith("feedback-report")) {
            feedback = feedback == null ? part.text() : feedback;
        } else if (type.endsWith("disposition-notification")) {
            disposition = true;
        } else if (type.endsWith("rfc822-headers") || type.equals("message/global-headers")) {
            if (returned.isEmpty()) {
                String text = part.text();
                int start = 0;
                while (start < text.length() && text.charAt(start) == '\n') {
                    start++;
                }
                returned = MailHeaders.read(text, start, text.length());
            }
        } else if (type.equals("message/rfc822") || type.equals("message/global") || type.equals("text/rfc822")) {
            if (embedded == null) {
                embedded = part.embedded();
                returned = returned.isEmpty() ? embedded.headers() : returned;
            }
        } else if (type.equals("text/html")) {
            append(html, part);
        } else if (type.startsWith("text/") && !isAttachment(part)) {
            append(plain, part);
        }
    }

    private static boolean isAttachment(MimePart part) {
        String disposition = part.headers().first("content-disposition");
        return disposition != null
                && disposition.regionMatches(true, 0, "attachment", 0, 10)
                && MimePart.parameter(disposition, "filename") != null;
    }

    private static void append(StringBuilder to, MimePart part) {
        if (to.length() < TEXT_MAX) {
            String text = part.text();
            to.append(text, 0, Math.min(text.length(), TEXT_MAX)).append('\n');
        }
    }

    private static String textOf(StringBuilder html) {
        StringBuilder text = new StringBuilder();
        Jsoup.parse(html.substring(0, Math.min(html.length(), HTML_MAX))).filter((node, depth) -> {
            if (node instanceof TextNode words) {
                text.append(words.getWholeText());
            } else if (UNSHOWN.contains(node.nodeName())) {
                return NodeFilter.FilterResult.SKIP_ENTIRELY;
            } else if (BLOCKS.contains(node.nodeName())) {
                text.append('\n');
            }
            return NodeFilter.FilterResult.CONTINUE;
        });
        return text.toString();
    }
}
