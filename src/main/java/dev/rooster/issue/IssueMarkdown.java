package dev.rooster.issue;

import java.util.Set;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * CommonMark as Koreans type it: everything of the standard but setext headings, read after {@link KoreanTyping} has
 * marked what would be misread. Thread-safe.
 */
final class IssueMarkdown {
    /** Deeper nesting is no text that somebody wrote. */
    static final int NESTING_MAX = 32;

    private final Parser parser = Parser.builder()
            .enabledBlockTypes(Set.of(
                    BlockQuote.class,
                    FencedCodeBlock.class,
                    HtmlBlock.class,
                    IndentedCodeBlock.class,
                    ListBlock.class,
                    ThematicBreak.class))
            .customBlockParserFactory(AtxHeading.factory())
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .maxOpenBlockParsers(NESTING_MAX)
            .maxInlineNesting(NESTING_MAX)
            .postProcessor(new InertMark())
            .build();

    Node parse(String markdown) {
        return parser.parse(KoreanTyping.mark(markdown));
    }
}
