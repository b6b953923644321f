package dev.rooster.issue;

import dev.rooster.issue.ReservedHeadings.Meaning;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.BulletList;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

/** A topic: blocks, then perhaps its related articles. */
final class TopicPart implements Part {
    private final int line;
    private final RichText title;
    private final Reading reading;
    private final List<Block> blocks = new ArrayList<>();
    private final List<RelatedLink> related = new ArrayList<>();
    private int relatedLine;
    private boolean inRelated;

    TopicPart(int line, RichText title, Reading reading) {
        this.line = line;
        this.title = title;
        this.reading = reading;
    }

    @Override
    public void heading(Heading heading) {
        Meaning meaning = reading.meaning(heading);
        inRelated =
                meaning.part().filter(ReservedHeadings.Reserved.RELATED::equals).isPresent();
        if (inRelated) {
            relatedLine = Lines.of(heading);
        } else {
            blocks.addAll(reading.blocks().read(heading));
        }
    }

    @Override
    public void block(Node block) {
        if (!inRelated) {
            blocks.addAll(reading.blocks().read(block));
        } else if (block instanceof ListBlock list) {
            Inlines.children(list).forEach(this::relatedItem);
        } else {
            reading.findings().add(FindingCode.RELATED_NOT_LIST, Lines.of(block), reading.snippet(block));
        }
    }

    Topic result(int number) {
        if (blocks.isEmpty()) {
            reading.findings().add(FindingCode.TOPIC_EMPTY, line, title.text());
        }
        if (relatedLine > 0 && related.isEmpty()) {
            reading.findings().add(FindingCode.RELATED_EMPTY, relatedLine);
        }
        return new Topic(number, title, blocks, related);
    }

    private void relatedItem(Node item) {
        reading.blocks().refusePictures(item);
        if (item.getFirstChild() instanceof Paragraph paragraph && !(paragraph.getNext() instanceof BulletList)) {
            for (List<Node> each : Inlines.lines(paragraph)) {
                LinkedLine linked = LinkedLine.read(each, reading.html());
                related.add(new RelatedLink(linked.title(), linked.url(), linked.source()));
            }
        } else {
            reading.findings().add(FindingCode.RELATED_NOT_LIST, Lines.of(item), reading.snippet(item));
        }
    }
}
