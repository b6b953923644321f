package dev.rooster.issue;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * Writes nodes as HTML in which only an allow-list of tags can occur, and as the plain text of exactly that HTML, so that
 * both parts of a mail say the same (RFC 2046 section 5.1.4). Immutable, thread-safe.
 */
final class SafeHtml {
    private static final Set<String> INLINE = Set.of(
            "a", "b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "sub", "sup", "small", "code", "kbd", "br",
            "span", "ruby", "rt", "rp");
    private static final Set<String> BLOCK =
            Set.of("p", "ul", "ol", "li", "blockquote", "pre", "hr", "h3", "h4", "h5", "h6");

    /** What Markdown's tables are made of. Typed as HTML they stay refused: such a table is laid out for a screen, not a phone. */
    private static final Set<String> TABLE = Set.of("table", "thead", "tbody", "tr", "th", "td");

    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .extensions(IssueMarkdown.EXTENSIONS)
            .softbreak("<br>")
            .escapeHtml(false)
            .percentEncodeUrls(false)
            .build();

    /** Whether a tag of this name may occur in an issue. */
    static boolean allows(String tag) {
        String name = tag.toLowerCase(Locale.ROOT);
        return INLINE.contains(name) || BLOCK.contains(name);
    }

    static Set<String> allowed() {
        Set<String> all = new TreeSet<>(INLINE);
        all.addAll(BLOCK);
        return all;
    }

    /** A new one each time: jsoup's list is mutable. */
    static Safelist safelist() {
        return new Safelist()
                .addTags(allowed().toArray(new String[0]))
                .addTags(TABLE.toArray(new String[0]))
                .addAttributes("th", "align")
                .addAttributes("td", "align")
                .addAttributes("a", "href")
                .addAttributes("ol", "start")
                .addProtocols("a", "href", "http", "https", "mailto", "tel");
    }

    /** A block of the body. */
    Block.Prose block(Node node) {
        Element body = clean(renderer.render(node));
        wrapBareText(body);
        return new Block.Prose(body.html().strip(), PlainText.of(body));
    }

    /** Inline nodes, one after the other. */
    RichText inline(List<? extends Node> nodes) {
        StringBuilder html = new StringBuilder();
        nodes.forEach(node -> html.append(renderer.render(node)));
        Element body = clean(html.toString());
        return new RichText(body.html().strip(), PlainText.of(body));
    }

    private static Element clean(String html) {
        // Line separators get pasted from word processors; they mean a line break.
        Document dirty = Jsoup.parseBodyFragment(html.replace("\u2028", "<br>").replace("\u2029", "<br>"));
        Document clean = new Cleaner(safelist()).clean(dirty);
        clean.outputSettings().prettyPrint(false);
        clean.body().select("a:not([href])").unwrap();
        return clean.body();
    }

    /** What stays of {@code <div>text</div>} is bare text; it is a paragraph. */
    private static void wrapBareText(Element body) {
        boolean hasBlock = body.children().stream()
                .anyMatch(child -> BLOCK.contains(child.normalName()) || TABLE.contains(child.normalName()));
        if (!hasBlock && !body.text().isBlank()) {
            body.html("<p>" + body.html().strip() + "</p>");
        }
    }
}
