package dev.rooster.template;

import java.util.regex.Pattern;

/**
 * Marks merge fields in a mail while it is made: a number between two of Unicode's noncharacters, which no text holds
 * ({@link ModelTree} leaves them out) and which neither Mustache nor jsoup changes. The bounds of a section are comments, the one
 * thing that may stand anywhere in HTML, between two rows of a table too.
 */
final class Sentinels {

    private static final char HOLE = '\uFDD0';
    private static final char OPEN = '\uFDD1';
    private static final char CLOSE = '\uFDD2';
    private static final char END = '\uFDD3';

    /** A sentinel of any kind: group 1 is its kind, group 2 its number. */
    static final Pattern ANY = Pattern.compile("([\uFDD0-\uFDD2])([0-9]+)\uFDD3");

    private static final Pattern COMMENT = Pattern.compile("(?:<|&lt;)!--([\uFDD1\uFDD2][0-9]+\uFDD3)--(?:>|&gt;)");

    private Sentinels() {}

    static String hole(int index) {
        return HOLE + Integer.toString(index) + END;
    }

    static String open(int index, boolean html) {
        return bound(OPEN + Integer.toString(index) + END, html);
    }

    static String close(int index, boolean html) {
        return bound(CLOSE + Integer.toString(index) + END, html);
    }

    private static String bound(String mark, boolean html) {
        return html ? "<!--" + mark + "-->" : mark;
    }

    static boolean isHole(String kind) {
        return kind.charAt(0) == HOLE;
    }

    static boolean isOpen(String kind) {
        return kind.charAt(0) == OPEN;
    }

    /** Finished HTML with the bounds of sections as bare marks. Inside attributes and titles the comment had been kept as text. */
    static String uncomment(String html) {
        return COMMENT.matcher(html).replaceAll("$1");
    }
}
