package dev.rooster.issue;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an issue was understood to be, in one line: {@code 리드 · 주제 3 (관련 2/3/1) · 마무리 · 뉴스 글로벌 6, 국내 4 · 피드백}. A
 * writer who misplaced a heading sees it here before any reader does.
 */
public final class Outline {
    private Outline() {}

    /**
     * @param language the operator's, not the issue's
     */
    public static String of(IssueDocument document, Language language) {
        Messages messages = Messages.of(Outline.class, language);
        List<String> parts = new ArrayList<>();
        if (!document.lead().isEmpty() || document.hero().isPresent()) {
            parts.add(messages.text("outline.lead"));
        }
        if (!document.topics().isEmpty()) {
            parts.add(topics(document.topics(), messages));
        }
        document.closing().ifPresent(any -> parts.add(messages.text("outline.closing")));
        document.news().ifPresent(news -> parts.add(news(news, messages)));
        document.sponsor().ifPresent(any -> parts.add(messages.text("outline.sponsor")));
        document.feedback().ifPresent(any -> parts.add(messages.text("outline.feedback")));
        return String.join(" · ", parts);
    }

    private static String topics(List<Topic> topics, Messages messages) {
        String count = messages.text("outline.topics", topics.size());
        if (topics.stream().allMatch(topic -> topic.related().isEmpty())) {
            return count;
        }
        return count + " "
                + messages.text(
                        "outline.related",
                        topics.stream()
                                .map(topic -> String.valueOf(topic.related().size()))
                                .collect(Collectors.joining("/")));
    }

    private static String news(NewsSection news, Messages messages) {
        String groups = news.groups().stream()
                .map(group -> (shortTitle(group.title()) + " " + group.items().size()).strip())
                .collect(Collectors.joining(", "));
        return (messages.text("outline.news") + " " + groups).strip();
    }

    /** 글로벌 for "🌏 [글로벌 뉴스]": beside the word 뉴스 the rest says nothing. */
    private static String shortTitle(String title) {
        String words = Emoji.removedFrom(title).replaceAll("[\\[\\]【】<>〈〉]", "").strip();
        String without = words.replaceFirst("(?i)\\s*(?:뉴스|news)$", "");
        return without.isEmpty() ? words : without;
    }
}
