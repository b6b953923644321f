package dev.rooster.template;

import dev.rooster.language.DisplayWidth;
import java.util.regex.Pattern;

/** Brings a text part into shape: lines of at most 72 columns (Hangul counts two) broken between words, no blanks at their ends. */
final class TextWrap {

    private static final int COLUMNS_MAX = 72;
    private static final Pattern LIST_ITEM =
            Pattern.compile("^(\\s*(?:[-*•▪·]|\\d{1,2}[.)])\\s+|\\s+).*", Pattern.DOTALL);

    private TextWrap() {}

    static String wrap(String text) {
        StringBuilder out = new StringBuilder(text.length() + 256);
        int empty = 1; // none at the top
        for (String line : text.split("\n", -1)) {
            String stripped = line.stripTrailing();
            empty = stripped.isEmpty() ? empty + 1 : 0;
            if (empty < 2) {
                wrapLine(stripped, out);
            }
        }
        return out.toString().stripTrailing() + "\n";
    }

    /** Words that are longer than a line, such as addresses, stay whole on lines of their own. */
    private static void wrapLine(String line, StringBuilder out) {
        String indent = indentOf(line);
        int column = 0;
        boolean first = true;
        for (String word : line.split(" ", -1)) {
            int width = DisplayWidth.columns(Sentinels.ANY.matcher(word).replaceAll("…"));
            if (!first && column + 1 + width > COLUMNS_MAX && column > indent.length()) {
                out.append('\n').append(indent);
                column = indent.length();
            } else if (!first) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += width;
            first = false;
        }
        out.append('\n');
    }

    /** Continued lines stand under the words of a list item, not under its mark. */
    private static String indentOf(String line) {
        var matcher = LIST_ITEM.matcher(line);
        return matcher.matches() ? " ".repeat(DisplayWidth.columns(matcher.group(1))) : "";
    }
}
