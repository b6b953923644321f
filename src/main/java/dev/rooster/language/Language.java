package dev.rooster.language;

import java.util.Locale;

/** A language that Rooster's own texts exist in. */
public enum Language {
    KO(Locale.KOREAN),
    EN(Locale.ENGLISH);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /**
     * The language of a tag such as {@code ko}, {@code ko-KR}, {@code ko_KR.UTF-8} or {@code EN}.
     *
     * @param tag a BCP 47 tag or POSIX locale name; null and tags of other languages give the fallback
     */
    public static Language of(String tag, Language fallback) {
        if (tag == null) {
            return fallback;
        }
        String primary = tag.strip().toLowerCase(Locale.ROOT).split("[-_.@]", 2)[0];
        return switch (primary) {
            case "ko" -> KO;
            case "en" -> EN;
            default -> fallback;
        };
    }

    /** The tag written into {@code lang} attributes and the database: {@code ko} or {@code en}. */
    public String tag() {
        return locale.getLanguage();
    }

    public Locale locale() {
        return locale;
    }
}
