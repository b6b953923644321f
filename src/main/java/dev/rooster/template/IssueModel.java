package dev.rooster.template;

import java.util.List;
import java.util.Optional;

/**
 * The names that {@code issue.html.mustache}, {@code issue.text.mustache} and {@code archive.html.mustache} may use. Everything here
 * is the same for all recipients; merge fields are no part of it.
 *
 * @param subject as mailed
 * @param preheader empty when there is none, as are all texts
 * @param date in words; empty when the issue has none
 * @param lead without the hero
 * @param hasTopics whether there is a list to announce
 */
record IssueModel(
        String title,
        String subject,
        String preheader,
        String subtitle,
        String date,
        boolean advertising,
        Publication newsletter,
        Sender identity,
        Links link,
        Optional<Figure> hero,
        List<Block> lead,
        boolean hasTopics,
        List<Topic> topics,
        Optional<Section> closing,
        Optional<News> news,
        Optional<Section> sponsor,
        Optional<Feedback> feedback) {

    /** What the settings say about the newsletter. */
    record Publication(String title, String brandLine, String slotLine) {}

    /** Who answers for it by law. */
    record Sender(String name, String email, Url mailto, String phone, Url tel, String address) {}

    /** Pages that are the same for everybody. */
    record Links(Url home, Url archive) {}

    /** Exactly one of the three is there. */
    record Block(Optional<Prose> prose, Optional<Figure> figure, Optional<Dialogue> dialogue) {}

    /** Running text. */
    record Prose(Html html, String words) {}

    /** A picture with the size at which it is shown, in pixels. */
    record Figure(Url src, int width, int height, String alt, String caption, Optional<Url> target) {}

    /** A conversation. */
    record Dialogue(List<Line> lines) {}

    /** What one speaker says. */
    record Line(String emoji, String speaker, Html html, String words) {}

    /** A numbered topic. */
    record Topic(int number, Html html, String words, List<Block> blocks, boolean hasRelated, List<Article> related) {}

    /** A related article or a piece of news. */
    record Article(
            Html html, String words, Optional<Url> url, String source, boolean hasSummaries, List<Prose> summaries) {}

    /** A part with a title of its own, or none. */
    record Section(String heading, List<Block> blocks) {}

    /** The weekly news. */
    record News(String heading, String week, List<Block> intro, List<Group> groups) {}

    /** News under one heading, or under none. */
    record Group(String heading, List<Article> items) {}

    /** The question above the three faces. */
    record Feedback(String ask, List<Block> blocks) {}
}
