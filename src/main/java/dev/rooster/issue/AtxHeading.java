package dev.rooster.issue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.Heading;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/**
 * Headings that begin with {@code #}, and no others. It replaces the library's parser because that one also takes
 * {@code ---} under a paragraph for a heading (setext); Koreans type that line to divide. {@code ##제목} without its
 * space is understood from level 2 on (a single {@code #AI} is a hash tag); a finding tells the writer.
 */
final class AtxHeading extends AbstractBlockParser {
    private static final Pattern START = Pattern.compile("(#{1,6})(?:[ \\t]+|$)");
    private static final Pattern START_WITHOUT_SPACE = Pattern.compile("(#{2,3})(?=[^#\\s])");
    private static final Pattern CLOSING = Pattern.compile("(?:^|[ \\t]+)#+[ \\t]*$");

    private final Heading heading = new Heading();
    private final SourceLines content;

    private AtxHeading(int level, SourceLines content) {
        heading.setLevel(level);
        this.content = content;
    }

    static BlockParserFactory factory() {
        return AtxHeading::tryStart;
    }

    /** Whether a line of the file is a heading that lacks the space after its signs. */
    static boolean lacksSpace(String line) {
        return START_WITHOUT_SPACE.matcher(line.strip()).lookingAt();
    }

    private static BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
        SourceLine line = state.getLine();
        int first = state.getNextNonSpaceIndex();
        String text = line.getContent().toString();
        if (state.getIndent() >= 4 || first >= text.length() || text.charAt(first) != '#') {
            return BlockStart.none();
        }
        Matcher start = START.matcher(text).region(first, text.length());
        if (!start.lookingAt()) {
            start.usePattern(START_WITHOUT_SPACE).region(first, text.length());
            if (!start.lookingAt()) {
                return BlockStart.none();
            }
        }
        int end = text.length();
        Matcher closing = CLOSING.matcher(text).region(start.end(), end);
        if (closing.find()) {
            end = closing.start();
        }
        AtxHeading parser = new AtxHeading(start.group(1).length(), SourceLines.of(line.substring(start.end(), end)));
        return BlockStart.of(parser).atIndex(text.length());
    }

    @Override
    public Block getBlock() {
        return heading;
    }

    @Override
    public BlockContinue tryContinue(ParserState state) {
        return BlockContinue.none();
    }

    @Override
    public void parseInlines(InlineParser parser) {
        parser.parse(content, heading);
    }
}
