package dev.rooster.issue;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;

/** Looks in running text for signs that lost their partner: stars, brackets of links, quotes. */
final class TextChecks extends AbstractVisitor {
    private static final Pattern LINK_LEFT = Pattern.compile(
            "\\]\\s*\\(\\s*(?:https?:|www\\.)|\\]\\(|\\)\\s?\\[\\s*(?:https?:|www\\.)|\\]\\s*\\[\\s*https?:");

    private final Findings findings;

    TextChecks(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void visit(Paragraph paragraph) {
        check(paragraph);
    }

    @Override
    public void visit(Heading heading) {
        check(heading);
    }

    private void check(Node block) {
        String words = words(Inlines.children(block));
        int line = Lines.of(block);
        if (words.contains("**")) {
            findings.add(FindingCode.STARS_LEFT, line, around(words, words.indexOf("**")));
        }
        if (LINK_LEFT.matcher(words).find()) {
            findings.add(FindingCode.LINK_SYNTAX, line, FrontMatterReader.shortened(words));
        }
        Quotes.unpaired(words)
                .ifPresent(quote ->
                        findings.add(FindingCode.QUOTE_UNPAIRED, line, quote, FrontMatterReader.shortened(words)));
    }

    /** Words without code: whatever stands in a code span is meant as it is. */
    private static String words(List<Node> nodes) {
        StringBuilder words = new StringBuilder();
        for (Node node : nodes) {
            if (node instanceof Text text) {
                words.append(text.getLiteral());
            } else if (Inlines.isBreak(node)) {
                words.append('\n');
            } else if (!(node instanceof Code) && !(node instanceof Image)) {
                words.append(words(Inlines.children(node)));
            }
        }
        return words.toString();
    }

    private static String around(String words, int at) {
        int from = Math.max(0, at - 15);
        return FrontMatterReader.shortened(words.substring(from, Math.min(words.length(), at + 30)));
    }
}
