package dev.rooster.subscriber;

import java.time.Instant;

/**
 * When, how and from where a declaration was made: what must be shown when it is disputed.
 *
 * @param at when the person declared it (for an import: the date in the file, else that of the import)
 * @param source file and line, page or command; at most {@value #SOURCE_CHARS_MAX} characters are kept
 * @param shownText the text the person agreed to or pressed, at most {@value #SHOWN_CHARS_MAX} characters are kept; null: none known
 * @param ip textual address of the caller; null: none
 * @param userAgent at most {@value #USER_AGENT_CHARS_MAX} characters are kept; null: none
 */
public record Evidence(Instant at, ConsentMethod method, String source, String shownText, String ip, String userAgent) {
    static final int SOURCE_CHARS_MAX = 200;
    static final int SHOWN_CHARS_MAX = 4_000;
    static final int USER_AGENT_CHARS_MAX = 300;
    static final int IP_CHARS_MAX = 45;

    public Evidence {
        source = cut(source, SOURCE_CHARS_MAX);
        shownText = cut(shownText, SHOWN_CHARS_MAX);
        userAgent = cut(userAgent, USER_AGENT_CHARS_MAX);
        ip = cut(ip, IP_CHARS_MAX);
    }

    /** Evidence without a web request behind it. */
    public static Evidence of(Instant at, ConsentMethod method, String source) {
        return new Evidence(at, method, source, null, null, null);
    }

    private static String cut(String text, int charsMax) {
        return text == null || text.length() <= charsMax ? text : text.substring(0, charsMax);
    }
}
