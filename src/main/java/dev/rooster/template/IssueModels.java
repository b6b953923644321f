package dev.rooster.template;

import dev.rooster.issue.Block;
import dev.rooster.issue.IssueDocument;
import dev.rooster.issue.NewsItem;
import dev.rooster.issue.NewsSection;
import dev.rooster.issue.RelatedLink;
import dev.rooster.issue.RichText;
import dev.rooster.issue.TitledSection;
import dev.rooster.issue.Topic;
import dev.rooster.language.Language;
import dev.rooster.newsletter.Identity;
import dev.rooster.newsletter.NewsletterSettings;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Turns an issue and the settings of its newsletter into the model that templates see. */
final class IssueModels {

    /** The column of a mail. */
    private static final int COLUMN_WIDTH = 600;

    /** What is left of it between the margins. */
    private static final int TEXT_WIDTH = 552;

    private final EditionLinks links;

    IssueModels(EditionLinks links) {
        this.links = links;
    }

    IssueModel of(IssueDocument issue, NewsletterSettings settings, String subject) {
        return new IssueModel(
                issue.front().title(),
                subject,
                issue.front().preheader(),
                issue.front().subtitle(),
                issue.date().map(date -> inWords(date, issue.language())).orElse(""),
                issue.advertising(),
                new IssueModel.Publication(settings.title(), settings.brandLine(), settings.slotLine()),
                sender(settings.identity()),
                new IssueModel.Links(links.home(), links.archive()),
                issue.hero().map(figure -> figure(figure, COLUMN_WIDTH)),
                blocks(issue.lead()),
                !issue.topics().isEmpty(),
                issue.topics().stream().map(this::topic).toList(),
                issue.closing().map(this::section),
                issue.news().map(news -> news(news, issue.weekLabel())),
                issue.sponsor().map(this::section),
                feedback(issue, settings));
    }

    private static String inWords(LocalDate date, Language language) {
        String pattern = switch (language) {
            case KO -> "yyyy년 M월 d일 EEEE";
            case EN -> "EEEE, d MMMM yyyy";
        };
        return DateTimeFormatter.ofPattern(pattern, language.locale()).format(date);
    }

    private static IssueModel.Sender sender(Identity identity) {
        String digits = identity.phone().replaceAll("[^0-9+]", "");
        return new IssueModel.Sender(
                identity.name(),
                identity.email(),
                new Url(
                        identity.email().isEmpty()
                                ? ""
                                : "mailto:" + identity.email().replaceAll("\\s", "")),
                identity.phone(),
                new Url(digits.isEmpty() ? "" : "tel:" + digits),
                identity.address());
    }

    private Optional<IssueModel.Feedback> feedback(IssueDocument issue, NewsletterSettings settings) {
        if (!issue.front().feedback()) {
            return Optional.empty();
        }
        String own = issue.feedback().map(TitledSection::title).orElse("");
        return Optional.of(new IssueModel.Feedback(
                own.isEmpty() ? settings.feedbackAsk() : own,
                issue.feedback().map(section -> blocks(section.blocks())).orElse(List.of())));
    }

    private IssueModel.Section section(TitledSection section) {
        return new IssueModel.Section(section.title(), blocks(section.blocks()));
    }

    private IssueModel.Topic topic(Topic topic) {
        return new IssueModel.Topic(
                topic.number(),
                new Html(topic.title().html()),
                topic.title().text(),
                blocks(topic.blocks()),
                !topic.related().isEmpty(),
                topic.related().stream().map(IssueModels::related).toList());
    }

    private static IssueModel.Article related(RelatedLink link) {
        return article(link.title(), link.url(), link.source(), List.of());
    }

    private IssueModel.News news(NewsSection news, String week) {
        return new IssueModel.News(
                news.title(),
                week,
                blocks(news.intro()),
                news.groups().stream()
                        .map(group -> new IssueModel.Group(
                                group.title(),
                                group.items().stream()
                                        .map(IssueModels::newsItem)
                                        .toList()))
                        .toList());
    }

    private static IssueModel.Article newsItem(NewsItem item) {
        return article(item.title(), item.url(), item.source(), item.summaries());
    }

    private static IssueModel.Article article(RichText title, String url, String source, List<RichText> summaries) {
        return new IssueModel.Article(
                new Html(title.html()),
                title.text(),
                link(url),
                source,
                !summaries.isEmpty(),
                summaries.stream().map(IssueModels::prose).toList());
    }

    private List<IssueModel.Block> blocks(List<Block> blocks) {
        return blocks.stream().map(this::block).toList();
    }

    private IssueModel.Block block(Block block) {
        if (block instanceof Block.Figure figure) {
            return new IssueModel.Block(Optional.empty(), Optional.of(figure(figure, TEXT_WIDTH)), Optional.empty());
        }
        if (block instanceof Block.Dialogue dialogue) {
            return new IssueModel.Block(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new IssueModel.Dialogue(
                            dialogue.lines().stream().map(IssueModels::line).toList())));
        }
        Block.Prose prose = (Block.Prose) block;
        return new IssueModel.Block(
                Optional.of(new IssueModel.Prose(new Html(prose.html()), prose.text())),
                Optional.empty(),
                Optional.empty());
    }

    private static IssueModel.Line line(Block.Line line) {
        return new IssueModel.Line(
                line.emoji(),
                line.name(),
                new Html(line.words().html()),
                line.words().text());
    }

    private static IssueModel.Prose prose(RichText text) {
        return new IssueModel.Prose(new Html(text.html()), text.text());
    }

    /** Never shown larger than it is. */
    private IssueModel.Figure figure(Block.Figure figure, int widthMax) {
        int width = Math.min(widthMax, figure.picture().width());
        return new IssueModel.Figure(
                links.picture(figure.picture()),
                width,
                figure.picture().heightAt(width),
                figure.alt(),
                figure.caption(),
                link(figure.link()));
    }

    private static Optional<Url> link(String url) {
        return url.isEmpty() ? Optional.empty() : Optional.of(new Url(url));
    }
}
