package dev.rooster.issue;

import java.util.List;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
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
 * CommonMark as Koreans type it: everything of the standard but setext headings, and the tables of GitHub Flavored Markdown, read
 * after {@link KoreanTyping} has marked what would be misread. Thread-safe.
 */
final class IssueMarkdown {
    /** Deeper nesting is no text that somebody wrote. */
    static final int NESTING_MAX = 32;

    /** What is read and written beyond the standard. */
    static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private final Parser parser = Parser.builder()
            .extensions(EXTENSIONS)
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
