package dev.rooster.issue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/**
 * A line of the form {@code [title](url) · source}, link and source optional, as related articles and news are written.
 * The point between may be any of those that Korean keyboards make.
 */
record LinkedLine(RichText title, String url, String source) {
    private static final Pattern AFTER_LINK = Pattern.compile("\\s*(?:[·ㆍ・•‧∙]|\\s[|–—-]\\s)\\s*(\\S.*?)\\s*");
    private static final Pattern AT_END = Pattern.compile(".*?\\s[·ㆍ・•‧∙]\\s+([^·ㆍ・•‧∙]{1,40})$");

    static LinkedLine read(List<Node> nodes, SafeHtml html) {
        if (!nodes.isEmpty() && nodes.get(0) instanceof Link link) {
            return linked(link, nodes.subList(1, nodes.size()), html);
        }
        String source = "";
        if (!nodes.isEmpty() && nodes.get(nodes.size() - 1) instanceof Text last) {
            Matcher end = AT_END.matcher(last.getLiteral());
            if (end.matches()) {
                source = end.group(1).strip();
                Inlines.dropBack(last, last.getLiteral().length() - pointBefore(last.getLiteral(), end.start(1)));
            }
        }
        return new LinkedLine(html.inline(nodes), "", source);
    }

    private static LinkedLine linked(Link link, List<Node> rest, SafeHtml html) {
        List<Node> words = new ArrayList<>(Inlines.children(link));
        Matcher source = AFTER_LINK.matcher(Inlines.text(rest));
        if (source.matches()) {
            return new LinkedLine(html.inline(words), link.getDestination(), source.group(1));
        }
        words.addAll(rest);
        return new LinkedLine(html.inline(words), link.getDestination(), "");
    }

    /** Where the point before a source begins, with the spaces before it. */
    private static int pointBefore(String text, int source) {
        int at = source;
        while (at > 0 && (Character.isWhitespace(text.charAt(at - 1)) || "·ㆍ・•‧∙".indexOf(text.charAt(at - 1)) >= 0)) {
            at--;
        }
        return at;
    }
}
