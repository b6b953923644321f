package dev.rooster.language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many columns a text takes in a fixed-pitch display, such as a terminal or a subject line. */
public final class DisplayWidth {
    // BreakIterator of JDK 17 takes an emoji sequence apart; the regular expression's cluster does not.
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private DisplayWidth() {}

    /** Columns of a text: Hangul, kana, ideographs and emoji count two, a combined cluster counts once. */
    public static int columns(String text) {
        int columns = 0;
        for (Matcher cluster = CLUSTER.matcher(text); cluster.find(); ) {
            columns += width(text.codePointAt(cluster.start()));
        }
        return columns;
    }

    /** The text cut to at most that many columns, ending in … where something was cut off. */
    public static String truncate(String text, int columnsMax) {
        if (columns(text) <= columnsMax) {
            return text;
        }
        int columns = 0;
        Matcher cluster = CLUSTER.matcher(text);
        while (cluster.find()) {
            columns += width(text.codePointAt(cluster.start()));
            if (columns > columnsMax - 1) {
                break;
            }
        }
        return text.substring(0, cluster.start()) + "…";
    }

    /** The text followed by spaces up to that many columns. */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - columns(text)));
    }

    // The blocks that terminals draw two columns wide (Unicode Standard Annex #11, W and F).
    private static int width(int codePoint) {
        if (codePoint < 0x20 || Character.getType(codePoint) == Character.NON_SPACING_MARK) {
            return 0;
        }
        boolean wide = codePoint >= 0x1100 && codePoint <= 0x115F
                || codePoint >= 0x2E80 && codePoint <= 0x303E
                || codePoint >= 0x3041 && codePoint <= 0xA4CF
                || codePoint >= 0xA960 && codePoint <= 0xA97F
                || codePoint >= 0xAC00 && codePoint <= 0xD7A3
                || codePoint >= 0xF900 && codePoint <= 0xFAFF
                || codePoint >= 0xFE30 && codePoint <= 0xFE6F
                || codePoint >= 0xFF00 && codePoint <= 0xFF60
                || codePoint >= 0xFFE0 && codePoint <= 0xFFE6
                || codePoint >= 0x1F300 && codePoint <= 0x1FAFF
                || codePoint >= 0x20000 && codePoint <= 0x3FFFD;
        return wide ? 2 : 1;
    }
}
