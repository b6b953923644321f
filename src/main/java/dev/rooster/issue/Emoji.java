package dev.rooster.issue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds emoji in text: what stands at a line's start, and sequences whose invisible joiner (U+200D) got lost on the way
 * through some program, so that 👱🏻‍♂️ falls apart into 👱🏻♂️.
 */
final class Emoji {
    private static final char JOINER = '\u200d';
    private static final String SIGN =
            "[\\u2600-\\u2604\\u2607-\\u27bf\\u2b00-\\u2bff\\u231a\\u231b\\u2328\\u23cf\\u23e9-\\u23fa\\x{1f000}-\\x{1f1e5}"
                    + "\\x{1f200}-\\x{1faff}]|[\\u00a9\\u00ae\\u203c\\u2049\\u2122\\u2139\\u2194-\\u21aa\\u25aa-\\u25fe\\u3030\\u303d\\u3297\\u3299]\\ufe0f";
    private static final String MODIFIED = "(?:" + SIGN + ")\\ufe0f?[\\x{1f3fb}-\\x{1f3ff}]?\\ufe0f?";
    private static final Pattern ONE = Pattern.compile(
            "[0-9#*]\\ufe0f?\\u20e3|[\\x{1f1e6}-\\x{1f1ff}]{2}|" + MODIFIED + "(?:\\u200d" + MODIFIED + ")*");
    private static final Pattern LOST_JOINER =
            Pattern.compile("(?:[\\x{1f300}-\\x{1faff}\\u26f9]\\ufe0f?)[\\u2640\\u2642]"
                    + "|[\\x{1f468}\\x{1f469}\\x{1f9d1}][\\x{1f3fb}-\\x{1f3ff}]?[\\u2695\\u2696\\u2708]"
                    + "|\\x{1f3f3}\\ufe0f?\\x{1f308}|\\x{1f3f4}\\u2620");
    private static final Pattern ANY = Pattern.compile(ONE.pattern() + "|[\\ufe0f\\u200d\\u20e3]");

    private Emoji() {}

    /** How many chars the emoji at this place takes; 0 when there is none. */
    static int lengthAt(CharSequence text, int start) {
        Matcher one = ONE.matcher(text).region(start, text.length());
        return one.lookingAt() ? one.end() - start : 0;
    }

    static String removedFrom(String text) {
        return ANY.matcher(text).replaceAll("");
    }

    /** Whether a sequence fell apart, or a joiner is left that joins nothing. */
    static boolean isBrokenIn(String text) {
        if (LOST_JOINER.matcher(text).find()) {
            return true;
        }
        for (int i = text.indexOf(JOINER); i >= 0; i = text.indexOf(JOINER, i + 1)) {
            boolean afterEmoji = i > 0 && endsWithEmoji(text, i);
            boolean beforeEmoji = i + 1 < text.length() && lengthAt(text, i + 1) > 0;
            if (afterEmoji != beforeEmoji) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWithEmoji(String text, int end) {
        int last = text.codePointBefore(end);
        return last == 0xfe0f
                || last >= 0x1f3fb && last <= 0x1f3ff
                || lengthAt(text, end - Character.charCount(last)) > 0;
    }
}
