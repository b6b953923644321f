package dev.rooster.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.issue.FolderPictures;
import dev.rooster.issue.IssueDocument;
import dev.rooster.issue.IssueParser;
import dev.rooster.issue.ParseContext;
import dev.rooster.issue.ParsedIssue;
import dev.rooster.issue.WeekLabel;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MergeValues;
import dev.rooster.newsletter.Identity;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.NewsletterSettingsBuilder;
import dev.rooster.newsletter.SlotRule;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/** An issue with every part that an issue can have, and a newsletter to send it. */
final class SampleIssue {

    static final EditionLinks LINKS = new EditionLinks(URI.create("https://news.rooster.dev"), "ai-weekly", "12");

    private SampleIssue() {}

    static Newsletter newsletter(Language language) {
        return new Newsletter(
                new NewsletterId(1),
                42,
                new NewsletterSettingsBuilder(
                                "ai-weekly",
                                "수탉의 AI 편지",
                                EmailAddress.of("hello@news.rooster.dev"),
                                SlotRule.of("WED 07:00"))
                        .language(language)
                        .brandLine("수탉의 AI 편지 📬")
                        .identity(
                                new Identity("루스터 & 친구들", "hello@rooster.dev", "02-1234-5678", "서울특별시 종로구 세종대로 1, 2층"))
                        .build());
    }

    /** The text of the file, so that a test can change it. */
    static String markdown() {
        try (InputStream in = SampleIssue.class.getResourceAsStream("every-part.md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static IssueDocument document(String markdown, Language language, Path folder) {
        if (markdown.contains("(hero.png")) {
            picture(folder, "hero.png", 1200, 630);
            picture(folder, "chart.png", 1104, 560);
            picture(folder, "notes.png", 320, 240);
        }
        ParsedIssue parsed = new IssueParser()
                .parse(
                        "issue.md",
                        markdown.getBytes(StandardCharsets.UTF_8),
                        new ParseContext(
                                language, WeekLabel.standard(language), Optional.empty(), new FolderPictures(folder)));
        assertThat(parsed.errors()).isEmpty();
        return parsed.document();
    }

    /** What one reader's holes are filled with. */
    static MergeValues reader(String name) {
        return field -> switch (field) {
            case "subscriber.name" -> name;
            case "subscriber.email" -> "jisu@example.com";
            case "link.unsubscribe" -> "https://news.rooster.dev/u/token";
            case "link.preferences" -> "https://news.rooster.dev/p/token";
            default ->
                field.startsWith("link.feedback.") ? "https://news.rooster.dev/f/token?v=" + field.substring(14) : null;
        };
    }

    private static void picture(Path folder, String name, int width, int height) {
        if (Files.exists(folder.resolve(name))) {
            return;
        }
        try {
            ImageIO.write(
                    new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB),
                    "png",
                    folder.resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
