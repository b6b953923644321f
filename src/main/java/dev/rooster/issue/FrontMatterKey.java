package dev.rooster.issue;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What front matter may say; every key has a Korean and an English name, spaces and case don't matter. */
enum FrontMatterKey {
    TITLE("제목", "title"),
    SUBJECT("메일제목", "subject"),
    PREHEADER("미리보기", "preheader"),
    SUBTITLE("부제", "subtitle"),
    DATE("날짜", "date"),
    WEEK("주차", "week"),
    ADVERTISING("광고", "advertising"),
    FEEDBACK("피드백", "feedback"),
    NEWSLETTER("뉴스레터", "newsletter");

    private final String korean;
    private final String english;

    FrontMatterKey(String korean, String english) {
        this.korean = korean;
        this.english = english;
    }

    static Optional<FrontMatterKey> find(String typed) {
        String name = normalised(typed);
        return Arrays.stream(values())
                .filter(key -> key.korean.equals(name) || key.english.equals(name))
                .findFirst();
    }

    /** The name that was probably meant. */
    static Optional<String> near(String typed) {
        return NearWord.find(normalised(typed), names());
    }

    static List<String> names() {
        return Arrays.stream(values())
                .flatMap(key -> Stream.of(key.korean, key.english))
                .toList();
    }

    private static String normalised(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFC)
                .replaceAll("[\\s_-]", "")
                .toLowerCase(Locale.ROOT);
    }
}
