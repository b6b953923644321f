package dev.rooster.issue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The word that an advertisement's subject must begin with, exactly as the law spells it: {@code (광고)}, nothing
 * before it, nothing in between (정보통신망법 시행령 §61③, 별표 6). Rendering writes it; a writer who typed it meant the
 * same; every other spelling ({@code [광고]}, {@code (광 고)}, {@code (광/고)} …) is an offence.
 *
 * @param exact whether the text begins with the mark as the law spells it
 * @param variant whether the mark stands elsewhere in the text, or in another spelling
 * @param rest the text without an exact mark
 */
public record AdvertisingMark(boolean exact, boolean variant, String rest) {
    public static final String PREFIX = "(광고)";

    private static final String GAP = "[\\s/·ㆍ・.,_*\\-\\u200b\\u2060]*";
    private static final Pattern ANY_SPELLING = Pattern.compile("[(\\[{<（［｛〔【「『《〈＜]" + GAP + "광" + GAP + "고" + GAP
            + "[)\\]}>）］｝〕】」』》〉＞]" + "|^" + GAP + "광" + GAP + "고" + GAP + "[)\\]}>）］｝〕】」』》〉＞:：]");

    /** Looks for the mark in a subject. Pure. */
    public static AdvertisingMark read(String text) {
        boolean exact = text.startsWith(PREFIX);
        String rest = exact ? text.substring(PREFIX.length()).strip() : text;
        Matcher other = ANY_SPELLING.matcher(rest);
        return new AdvertisingMark(exact, other.find(), rest);
    }
}
