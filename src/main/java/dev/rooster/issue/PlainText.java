package dev.rooster.issue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Writes allowed HTML as plain text: a blank line between blocks, {@code - } before bullets, {@code > } before quoted
 * lines, and every address beside its words, since a reader of the text part can't hover (RFC 3986 appendix C asks for
 * the angle brackets).
 */
final class PlainText {
    private static final List<String> BLOCKS =
            List.of("p", "ul", "ol", "li", "blockquote", "pre", "hr", "h3", "h4", "h5", "h6", "table");

    private PlainText() {}

    static String of(Element root) {
        return String.join("\n\n", blocks(root));
    }

    /** The blocks inside an element; text that stands between blocks is one, too. */
    private static List<String> blocks(Element parent) {
        List<String> blocks = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        for (Node child : parent.childNodes()) {
            if (child instanceof Element element && BLOCKS.contains(element.normalName())) {
                addRun(run, blocks);
                blocks.add(block(element));
            } else {
                run.append(inline(child));
            }
        }
        addRun(run, blocks);
        blocks.removeIf(String::isEmpty);
        return blocks;
    }

    private static void addRun(StringBuilder run, List<String> blocks) {
        blocks.add(trimLines(run.toString()));
        run.setLength(0);
    }

    private static String block(Element element) {
        return switch (element.normalName()) {
            case "ul", "ol" -> list(element);
            case "blockquote" -> indented(String.join("\n\n", blocks(element)), "> ", "> ");
            case "pre" -> indented(element.wholeText().stripTrailing(), "    ", "    ");
            case "hr" -> "---";
            case "table" -> PlainTable.of(element);
            default -> String.join("\n\n", blocks(element));
        };
    }

    private static String list(Element list) {
        boolean numbered = list.normalName().equals("ol");
        int number = numbered && list.hasAttr("start") ? Integer.parseInt(list.attr("start")) : 1;
        List<String> items = new ArrayList<>();
        for (Element item : list.children()) {
            String sign = numbered ? number++ + ". " : "- ";
            items.add(indented(String.join("\n", blocks(item)), sign, " ".repeat(sign.length())));
        }
        return String.join("\n", items);
    }

    static String inline(Node node) {
        if (node instanceof TextNode text) {
            return text.getWholeText().replaceAll("[ \\t\\n\\r]+", " ");
        }
        if (!(node instanceof Element element)) {
            return "";
        }
        if (element.normalName().equals("br")) {
            return "\n";
        }
        String words = element.childNodes().stream().map(PlainText::inline).collect(Collectors.joining());
        return element.normalName().equals("a") ? withAddress(words, element.attr("href")) : words;
    }

    private static String withAddress(String words, String address) {
        String bare = address.startsWith("mailto:") ? address.substring("mailto:".length()) : address;
        if (words.strip().equals(bare) || words.strip().equals(address)) {
            return words;
        }
        return words.isBlank() ? "<" + address + ">" : words + " <" + address + ">";
    }

    private static String indented(String text, String first, String others) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            lines[i] = ((i == 0 ? first : others) + lines[i]).stripTrailing();
        }
        return String.join("\n", lines);
    }

    private static String trimLines(String text) {
        return text.replaceAll(" *\n *", "\n").strip();
    }
}
