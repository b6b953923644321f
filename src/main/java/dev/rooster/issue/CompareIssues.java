package dev.rooster.issue;

import dev.rooster.issue.IssueDifference.Change;
import dev.rooster.issue.IssueDifference.What;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Finds what an issue says otherwise than another one. Topics are matched by title first, then by their place. Pure. */
public final class CompareIssues {
    private final IssueDocument before;
    private final IssueDocument after;
    private final List<Change> changes = new ArrayList<>();

    private CompareIssues(IssueDocument before, IssueDocument after) {
        this.before = before;
        this.after = after;
    }

    public static IssueDifference compare(IssueDocument before, IssueDocument after) {
        return new CompareIssues(before, after).difference();
    }

    private IssueDifference difference() {
        line(What.TITLE, document -> document.front().title());
        line(What.SUBJECT, document -> document.front().subject());
        line(What.PREHEADER, document -> document.front().preheader());
        line(What.SUBTITLE, document -> document.front().subtitle());
        line(What.WEEK, IssueDocument::weekLabel);
        flag(What.ADVERTISING, IssueDocument::advertising);
        if (!before.hero().equals(after.hero()) || !before.lead().equals(after.lead())) {
            changes.add(new Change(What.LEAD, 0, Optional.of(""), Optional.of("")));
        }
        topics();
        section(What.CLOSING, IssueDocument::closing, TitledSection::title);
        section(What.NEWS, IssueDocument::news, NewsSection::title);
        if (before.front().feedback() == after.front().feedback()) {
            section(What.FEEDBACK, IssueDocument::feedback, TitledSection::title);
        } else {
            flag(What.FEEDBACK, document -> document.front().feedback());
        }
        section(What.SPONSOR, IssueDocument::sponsor, TitledSection::title);
        Set<String> linksBefore = links(before);
        Set<String> linksAfter = links(after);
        return new IssueDifference(changes, without(linksAfter, linksBefore), without(linksBefore, linksAfter));
    }

    private static List<String> without(Set<String> links, Set<String> others) {
        return links.stream().filter(link -> !others.contains(link)).toList();
    }

    private void line(What what, Function<IssueDocument, String> value) {
        String was = value.apply(before);
        String is = value.apply(after);
        if (!was.equals(is)) {
            changes.add(new Change(what, 0, Optional.of(was), Optional.of(is)));
        }
    }

    private void flag(What what, Function<IssueDocument, Boolean> value) {
        boolean was = value.apply(before);
        if (was != value.apply(after)) {
            Optional<String> there = Optional.of("");
            changes.add(new Change(what, 0, was ? there : Optional.empty(), was ? Optional.empty() : there));
        }
    }

    private <T> void section(What what, Function<IssueDocument, Optional<T>> section, Function<T, String> title) {
        Optional<T> was = section.apply(before);
        Optional<T> is = section.apply(after);
        if (!was.equals(is)) {
            changes.add(new Change(what, 0, was.map(title), is.map(title)));
        }
    }

    private void topics() {
        List<Topic> old = new ArrayList<>(before.topics());
        List<Topic> fresh = new ArrayList<>();
        for (Topic topic : after.topics()) {
            Optional<Topic> same = old.stream()
                    .filter(one -> one.title().text().equals(topic.title().text()))
                    .findFirst();
            same.ifPresentOrElse(
                    one -> {
                        old.remove(one);
                        changed(one, topic);
                    },
                    () -> fresh.add(topic));
        }
        for (Topic topic : fresh) {
            Optional<Topic> there =
                    old.stream().filter(one -> one.number() == topic.number()).findFirst();
            there.ifPresentOrElse(
                    one -> {
                        old.remove(one);
                        changed(one, topic);
                    },
                    () -> changes.add(new Change(
                            What.TOPIC,
                            topic.number(),
                            Optional.empty(),
                            Optional.of(topic.title().text()))));
        }
        old.forEach(gone -> changes.add(
                new Change(What.TOPIC, gone.number(), Optional.of(gone.title().text()), Optional.empty())));
    }

    private void changed(Topic was, Topic is) {
        boolean same = was.title().equals(is.title())
                && was.blocks().equals(is.blocks())
                && was.related().equals(is.related());
        if (!same) {
            changes.add(new Change(
                    What.TOPIC,
                    is.number(),
                    Optional.of(was.title().text()),
                    Optional.of(is.title().text())));
        }
    }

    // --- links ---

    private static Set<String> links(IssueDocument document) {
        Set<String> links = new LinkedHashSet<>();
        document.hero().ifPresent(figure -> block(figure, links));
        blocks(document.lead(), links);
        for (Topic topic : document.topics()) {
            html(topic.title().html(), links);
            blocks(topic.blocks(), links);
            for (RelatedLink related : topic.related()) {
                html(related.title().html(), links);
                links.add(related.url());
            }
        }
        document.closing().ifPresent(section -> blocks(section.blocks(), links));
        document.news().ifPresent(news -> news(news, links));
        document.feedback().ifPresent(section -> blocks(section.blocks(), links));
        document.sponsor().ifPresent(section -> blocks(section.blocks(), links));
        links.remove("");
        return links;
    }

    private static void news(NewsSection news, Set<String> links) {
        blocks(news.intro(), links);
        for (NewsGroup group : news.groups()) {
            for (NewsItem item : group.items()) {
                html(item.title().html(), links);
                links.add(item.url());
                item.summaries().forEach(summary -> html(summary.html(), links));
            }
        }
    }

    private static void blocks(List<Block> blocks, Set<String> links) {
        blocks.forEach(block -> block(block, links));
    }

    private static void block(Block block, Set<String> links) {
        if (block instanceof Block.Prose prose) {
            html(prose.html(), links);
        } else if (block instanceof Block.Figure figure) {
            links.add(figure.link());
        } else if (block instanceof Block.Dialogue dialogue) {
            dialogue.lines().forEach(line -> html(line.words().html(), links));
        }
    }

    private static void html(String html, Set<String> links) {
        for (Element link : Jsoup.parseBodyFragment(html).select("a[href]")) {
            links.add(link.attr("href"));
        }
    }
}
