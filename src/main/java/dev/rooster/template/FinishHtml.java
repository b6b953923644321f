package dev.rooster.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Makes the HTML part of a mail out of what the template gave: style inlined, indentation and remarks left out. */
final class FinishHtml {

    /** Elements in which blanks between children mean nothing. */
    private static final Set<String> STRUCTURE = Set.of(
            "html", "head", "body", "table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "div", "td", "th", "center");

    private static final Set<String> AS_TYPED = Set.of("pre", "textarea", "style", "script", "title");

    private FinishHtml() {}

    /** The document as it goes into the mail, with sentinels where recipients differ. */
    static String finish(String html, StyleSheet sheet) {
        Document document = Jsoup.parse(html);
        document.outputSettings().prettyPrint(false).charset("UTF-8");
        InlineStyles.apply(sheet, document);
        tighten(document, false);
        return Sentinels.uncomment(document.outerHtml()) + "\n";
    }

    private static void tighten(Node node, boolean asTyped) {
        List<Node> children = new ArrayList<>(node.childNodes());
        for (Node child : children) {
            if (child instanceof TextNode text && !asTyped) {
                tightenText(text);
            } else if (child instanceof Comment comment && isRemark(comment)) {
                comment.remove();
            } else if (child instanceof Element element) {
                tighten(element, asTyped || AS_TYPED.contains(element.normalName()));
            }
        }
    }

    /** A line break stays a line break, so that the source can be read and no line gets endless. */
    private static void tightenText(TextNode text) {
        String whole = text.getWholeText();
        Element parent = text.parent();
        boolean structural = parent != null && STRUCTURE.contains(parent.normalName());
        if (whole.isBlank() && whole.indexOf('\u00a0') < 0) {
            if (structural && whole.indexOf('\n') >= 0) {
                text.text("\n");
            } else {
                text.text(" ");
            }
        } else {
            text.text(whole.replaceAll("[ \\t\\r]*\\n[ \\t\\r\\n]*", "\n").replaceAll("[ \\t]{2,}", " "));
        }
    }

    /** Conditional comments are for Outlook, sentinels for us; the rest is the author's. */
    private static boolean isRemark(Comment comment) {
        String data = comment.getData();
        return !data.startsWith("[if")
                && !data.startsWith("<![endif")
                && !Sentinels.ANY.matcher(data).find();
    }
}
