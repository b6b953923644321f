package dev.rooster.issue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Marks the places where CommonMark's rules misread what a Korean writer means. Text is only marked ({@link InertMark}),
 * never changed, and no line moves, so every rule of CommonMark that is not named here holds, and every finding has its
 * line.
 *
 * <ul>
 *   <li>{@code **"말"**은}: a run of stars after punctuation and before a letter can't close in CommonMark (the flanking
 *       rules, section 6.2), because English puts a space after a closing quote. Korean puts a particle there.
 *   <li>{@code 는**"말"**}: likewise a run after a letter and before punctuation can't open.
 *   <li>{@code 2026. 12. 2.} at the start of a line is a date, not item 2026 of a list.
 * </ul>
 */
final class KoreanTyping {
    /**
     * A year, or a month and a day, where a list number could stand: at a line's start or inside a quote or bullet. No
     * deeper than {@link IssueMarkdown} nests, and possessive: a line of ten thousand {@code >} neither backtracks nor
     * recurses.
     */
    private static final Pattern DATE_AT_START = Pattern.compile(
            "^(?:[ \\t]*+(?:[-*+][ \\t]|>)){0," + IssueMarkdown.NESTING_MAX
                    + "}+[ \\t]*+(?=\\d{4}\\.[ \\t]|\\d{1,2}\\.[ \\t]+\\d{1,2}\\.(?!\\d))",
            Pattern.MULTILINE);

    /** Punctuation that ends something, so that stars before it close rather than open. */
    private static final String SENTENCE_MARKS = ",.!?:;、。，．！？：；";

    private KoreanTyping() {}

    static String mark(String markdown) {
        return markStars(markDates(markdown));
    }

    private static String markDates(String markdown) {
        return DATE_AT_START
                .matcher(markdown)
                .replaceAll(prefix -> Matcher.quoteReplacement(prefix.group() + InertMark.MARK));
    }

    private static String markStars(String markdown) {
        StringBuilder marked = new StringBuilder(markdown.length() + 64);
        int i = 0;
        while (i < markdown.length()) {
            char c = markdown.charAt(i);
            if (c == '\\' && i + 1 < markdown.length()) {
                marked.append(markdown, i, i + 2);
                i += 2;
            } else if (c == '*') {
                int end = i;
                while (end < markdown.length() && markdown.charAt(end) == '*') {
                    end++;
                }
                appendRun(markdown, i, end, marked);
                i = end;
            } else {
                marked.append(c);
                i++;
            }
        }
        return marked.toString();
    }

    private static void appendRun(String text, int start, int end, StringBuilder marked) {
        int before = start == 0 ? '\n' : text.codePointBefore(start);
        int after = end == text.length() ? '\n' : text.codePointAt(end);
        boolean closesBeforeParticle = isWide(after) && isPunctuation(before) && !opens(text, start, before);
        boolean opensAfterLetter = isWide(before) && isPunctuation(after) && mayOpenBefore(after);
        if (closesBeforeParticle) {
            marked.append(InertMark.MARK);
        }
        marked.append(text, start, end);
        if (opensAfterLetter) {
            marked.append(InertMark.MARK);
        }
    }

    /** Whether the punctuation that ends at {@code end} opens something, like the quote in {@code "**강조**"}. */
    private static boolean opens(String text, int end, int punctuation) {
        int type = Character.getType(punctuation);
        if (type == Character.START_PUNCTUATION || type == Character.INITIAL_QUOTE_PUNCTUATION) {
            return true;
        }
        if (punctuation != '"' && punctuation != '\'') {
            return false;
        }
        int before = end < 2 ? '\n' : text.codePointBefore(end - 1);
        int typeBefore = Character.getType(before);
        return Character.isWhitespace(before)
                || typeBefore == Character.START_PUNCTUATION
                || typeBefore == Character.INITIAL_QUOTE_PUNCTUATION;
    }

    private static boolean mayOpenBefore(int punctuation) {
        int type = Character.getType(punctuation);
        return type != Character.END_PUNCTUATION
                && type != Character.FINAL_QUOTE_PUNCTUATION
                && SENTENCE_MARKS.indexOf(punctuation) < 0;
    }

    /** Letters of scripts that are written without a space between a word and what follows it. */
    private static boolean isWide(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HANGUL, HAN, HIRAGANA, KATAKANA -> Character.isLetter(codePoint);
            default -> false;
        };
    }

    /** As in CommonMark: punctuation or a symbol. */
    private static boolean isPunctuation(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL -> true;
            default -> false;
        };
    }
}
