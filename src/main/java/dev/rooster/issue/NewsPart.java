package dev.rooster.issue;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

/** The weekly news: groups at {@code ###}, items as bullets, summaries as nested bullets. */
final class NewsPart implements Part {
    private final String title;
    private final Reading reading;
    private final List<Block> intro = new ArrayList<>();
    private final List<NewsGroup> groups = new ArrayList<>();
    private String groupTitle = "";
    private int groupLine;
    private List<NewsItem> items = new ArrayList<>();

    NewsPart(String title, Reading reading) {
        this.title = title;
        this.reading = reading;
    }

    @Override
    public void heading(Heading heading) {
        closeGroup();
        reading.meaning(heading);
        groupTitle = Inlines.text(heading).strip();
        groupLine = Lines.of(heading);
    }

    @Override
    public void block(Node block) {
        if (block instanceof ListBlock list) {
            Inlines.children(list).forEach(this::item);
        } else if (groupLine == 0 && items.isEmpty()) {
            intro.addAll(reading.blocks().read(block));
        } else {
            reading.findings().add(FindingCode.NEWS_NOT_LIST, Lines.of(block), reading.snippet(block));
        }
    }

    NewsSection result() {
        closeGroup();
        return new NewsSection(title, intro, groups);
    }

    private void closeGroup() {
        if (groupLine > 0 && items.isEmpty()) {
            reading.findings().add(FindingCode.NEWS_GROUP_EMPTY, groupLine, groupTitle);
        }
        if (!items.isEmpty()) {
            groups.add(new NewsGroup(groupTitle, items));
        }
        items = new ArrayList<>();
    }

    private void item(Node item) {
        reading.blocks().refusePictures(item);
        if (!(item.getFirstChild() instanceof Paragraph headline)) {
            reading.findings().add(FindingCode.NEWS_NOT_LIST, Lines.of(item), reading.snippet(item));
            return;
        }
        List<List<Node>> lines = Inlines.lines(headline);
        LinkedLine linked = LinkedLine.read(lines.get(0), reading.html());
        List<RichText> summaries = new ArrayList<>();
        lines.stream().skip(1).map(reading.html()::inline).forEach(summaries::add);
        for (Node more = headline.getNext(); more != null; more = more.getNext()) {
            summaries.addAll(summaries(more));
        }
        summaries.removeIf(RichText::isEmpty);
        items.add(new NewsItem(linked.title(), linked.url(), linked.source(), summaries));
    }

    private List<RichText> summaries(Node node) {
        if (node instanceof ListBlock list) {
            return Inlines.children(list).stream().map(this::summary).toList();
        }
        return List.of(summary(node));
    }

    /** Whatever a nested bullet holds; a paragraph of its own loses its tag, since the template gives it one. */
    private RichText summary(Node item) {
        List<Node> parts = item instanceof Paragraph ? List.of(item) : Inlines.children(item);
        if (parts.size() == 1 && parts.get(0) instanceof Paragraph only) {
            return reading.html().inline(Inlines.children(only));
        }
        List<Node> flat = new ArrayList<>();
        for (Node part : parts) {
            flat.addAll(part instanceof Paragraph ? Inlines.children(part) : List.of(part));
        }
        return reading.html().inline(flat);
    }
}
