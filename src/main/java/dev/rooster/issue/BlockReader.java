package dev.rooster.issue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;

/** Reads blocks of Markdown as blocks of an issue: figures, conversations and running text. */
final class BlockReader {
    private static final int TABLE_COLUMNS_MAX = 4;

    private final SafeHtml html;
    private final DialogueReader dialogues;
    private final FigureReader figures;
    private final Findings findings;

    BlockReader(SafeHtml html, FigureReader figures, Findings findings) {
        this.html = html;
        this.dialogues = new DialogueReader(html);
        this.figures = figures;
        this.findings = findings;
    }

    /** The block, or the blocks that a paragraph with pictures on lines of their own falls into; may be empty. */
    List<Block> read(Node node) {
        if (node instanceof Paragraph paragraph) {
            return paragraph(paragraph);
        }
        if (node instanceof IndentedCodeBlock) {
            findings.add(FindingCode.INDENTED_CODE, Lines.of(node));
        }
        refusePictures(node);
        if (node instanceof TableBlock table) {
            checkWidth(table);
        }
        if (node instanceof BlockQuote quote) {
            Optional<Block.Dialogue> dialogue = dialogues.read(quote);
            if (dialogue.isPresent()) {
                return List.of(dialogue.get());
            }
        }
        return prose(node);
    }

    /** Tells of pictures inside something that can't hold any. */
    void refusePictures(Node node) {
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Image image) {
                findings.add(FindingCode.PICTURE_NOT_ALONE, Lines.of(image), image.getDestination());
            }
        });
    }

    /** A phone has room for a few columns only, and a mail can't be moved sideways. */
    private void checkWidth(TableBlock table) {
        Node head = table.getFirstChild();
        int columns = Inlines.children(head.getFirstChild()).size();
        if (columns > TABLE_COLUMNS_MAX) {
            findings.add(FindingCode.TABLE_WIDE, Lines.of(table), columns, TABLE_COLUMNS_MAX);
        }
    }

    private List<Block> paragraph(Paragraph paragraph) {
        long cells = Inlines.lines(paragraph).stream()
                .filter(line -> Inlines.text(line).strip().startsWith("|"))
                .count();
        if (cells > 1) {
            findings.add(FindingCode.TABLE_BROKEN, Lines.of(paragraph));
        }
        List<Block> blocks = new ArrayList<>();
        Paragraph words = new Paragraph();
        for (List<Node> line : Inlines.lines(paragraph)) {
            Optional<Image> picture = onlyPicture(line);
            if (picture.isPresent()) {
                addWords(words, blocks);
                words = new Paragraph();
                figures.read(picture.get()).ifPresent(blocks::add);
            } else {
                if (words.getFirstChild() != null) {
                    words.appendChild(new SoftLineBreak());
                }
                line.forEach(words::appendChild);
            }
        }
        addWords(words, blocks);
        return blocks;
    }

    private void addWords(Paragraph words, List<Block> blocks) {
        if (words.getFirstChild() != null) {
            refusePictures(words);
            blocks.addAll(prose(words));
        }
    }

    private List<Block> prose(Node node) {
        Block.Prose prose = html.block(node);
        return prose.html().isEmpty() ? List.of() : List.of(prose);
    }

    /** The picture that stands alone on a line, itself or inside a link. */
    private static Optional<Image> onlyPicture(List<Node> line) {
        List<Node> said = line.stream()
                .filter(node -> !Inlines.text(node).isBlank() || node instanceof Image || node instanceof Link)
                .toList();
        if (said.size() != 1) {
            return Optional.empty();
        }
        Node only = said.get(0);
        if (only instanceof Link link && link.getFirstChild() == link.getLastChild()) {
            only = link.getFirstChild();
        }
        return only instanceof Image image ? Optional.of(image) : Optional.empty();
    }
}
