package dev.rooster.issue;

import dev.rooster.issue.ReservedHeadings.Meaning;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Heading;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;

/** Divides the blocks of a file at its {@code ##} headings into the parts of an issue. */
final class IssueReader {
    /** A number that the writer typed before a title; not a date, not a decimal. */
    private static final Pattern TYPED_NUMBER =
            Pattern.compile("\\s*(?:(?!\\d{1,2}\\.\\s*\\d)\\d{1,2}\\s*[.)]|[①-⑳]|\\d\\ufe0f?\\u20e3|🔟)\\s*(?=\\S)");

    private final Reading reading;
    private final ProsePart lead;
    private final List<TopicPart> topics = new ArrayList<>();
    private final Map<ReservedHeadings.Reserved, ProsePart> sections = new EnumMap<>(ReservedHeadings.Reserved.class);
    private final Map<ReservedHeadings.Reserved, String> titles = new EnumMap<>(ReservedHeadings.Reserved.class);
    private final Map<ReservedHeadings.Reserved, Integer> lines = new EnumMap<>(ReservedHeadings.Reserved.class);
    private NewsPart news;
    private Part current;

    IssueReader(Reading reading) {
        this.reading = reading;
        this.lead = new ProsePart(reading.blocks());
        this.current = lead;
    }

    void read(Node document) {
        for (Node node : Inlines.children(document)) {
            if (node instanceof Heading heading) {
                heading(heading);
            } else if (!(node instanceof LinkReferenceDefinition)) {
                current.block(node);
            }
        }
    }

    private void heading(Heading heading) {
        if (Inlines.text(heading).isBlank()) {
            reading.findings().add(FindingCode.HEADING_EMPTY, Lines.of(heading), "#".repeat(heading.getLevel()));
            return;
        }
        reading.blocks().refusePictures(heading);
        switch (heading.getLevel()) {
            case 1 ->
                reading.findings()
                        .add(
                                FindingCode.HEADING_ONE,
                                Lines.of(heading),
                                Inlines.text(heading).strip());
            case 2 -> start(heading);
            default -> current.heading(heading);
        }
    }

    private void start(Heading heading) {
        Meaning meaning = reading.meaning(heading);
        Optional<ReservedHeadings.Reserved> part = meaning.part().filter(found -> found.level() == 2);
        if (part.isEmpty()) {
            List<Node> words = Inlines.children(heading);
            Matcher number = TYPED_NUMBER.matcher(Inlines.text(words));
            if (number.lookingAt()) {
                Inlines.dropFront(words, number.end());
            }
            TopicPart topic = new TopicPart(Lines.of(heading), reading.html().inline(words), reading);
            topics.add(topic);
            current = topic;
        } else {
            current = reserved(part.get(), meaning.title(), heading);
        }
    }

    private Part reserved(ReservedHeadings.Reserved part, String title, Heading heading) {
        Integer before = lines.putIfAbsent(part, Lines.of(heading));
        if (before != null) {
            reading.findings()
                    .add(
                            FindingCode.SECTION_TWICE,
                            Lines.of(heading),
                            Inlines.text(heading).strip(),
                            before);
        }
        titles.putIfAbsent(part, title);
        if (part == ReservedHeadings.Reserved.NEWS) {
            news = news == null ? new NewsPart(title, reading) : news;
            return news;
        }
        return sections.computeIfAbsent(part, any -> new ProsePart(reading.blocks()));
    }

    List<Block> lead() {
        return lead.blocks();
    }

    List<Topic> topics() {
        List<Topic> results = new ArrayList<>();
        for (TopicPart topic : topics) {
            results.add(topic.result(results.size() + 1));
        }
        return results;
    }

    Optional<TitledSection> section(ReservedHeadings.Reserved part) {
        ProsePart read = sections.get(part);
        if (read == null) {
            return Optional.empty();
        }
        if (read.blocks().isEmpty()) {
            reading.findings().add(FindingCode.SECTION_EMPTY, lines.get(part));
        }
        return Optional.of(new TitledSection(titles.get(part), read.blocks()));
    }

    Optional<NewsSection> news() {
        if (news == null) {
            return Optional.empty();
        }
        NewsSection result = news.result();
        if (result.groups().isEmpty()) {
            reading.findings().add(FindingCode.SECTION_EMPTY, lines.get(ReservedHeadings.Reserved.NEWS));
        }
        return Optional.of(result);
    }
}
