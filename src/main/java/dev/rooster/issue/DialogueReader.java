package dev.rooster.issue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

/** Reads a quotation each of whose lines begins with an emoji as a conversation. */
final class DialogueReader {
    /** Longest name before the colon, in characters; longer ones are what is said. */
    private static final int NAME_CHARS_MAX = 30;

    private final SafeHtml html;

    DialogueReader(SafeHtml html) {
        this.html = html;
    }

    /** The conversation, or empty when the quotation is an ordinary one. */
    Optional<Block.Dialogue> read(BlockQuote quote) {
        List<List<Node>> lines = new ArrayList<>();
        for (Node child : Inlines.children(quote)) {
            if (!(child instanceof Paragraph)) {
                return Optional.empty();
            }
            lines.addAll(Inlines.lines(child));
        }
        boolean spoken = !lines.isEmpty()
                && lines.stream()
                        .allMatch(line -> Emoji.lengthAt(Inlines.text(line).stripLeading(), 0) > 0);
        return spoken
                ? Optional.of(new Block.Dialogue(lines.stream().map(this::line).toList()))
                : Optional.empty();
    }

    private Block.Line line(List<Node> nodes) {
        String text = Inlines.text(nodes);
        int start = text.length() - text.stripLeading().length();
        int afterEmoji = start + Emoji.lengthAt(text, start);
        String emoji = text.substring(start, afterEmoji);
        int colon = colonOfName(text, afterEmoji);
        String name = colon < 0 ? "" : text.substring(afterEmoji, colon).strip();
        int words = colon < 0 ? afterEmoji : colon + 1;
        while (words < text.length() && Character.isWhitespace(text.charAt(words))) {
            words++;
        }
        Inlines.dropFront(nodes, words);
        return new Block.Line(emoji, name, html.inline(nodes));
    }

    private static int colonOfName(String text, int from) {
        for (int i = from; i < text.length() && i <= from + NAME_CHARS_MAX; i++) {
            char c = text.charAt(i);
            if (c == '：' || c == ':' && !text.startsWith("://", i)) {
                return i;
            }
            if (c == '.' || c == '!' || c == '?' || c == '"') {
                return -1;
            }
        }
        return -1;
    }
}
