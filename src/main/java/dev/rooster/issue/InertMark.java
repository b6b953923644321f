package dev.rooster.issue;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.PostProcessor;

/**
 * A character that is neither a letter, nor punctuation, nor a space: put beside Markdown signs it changes what they
 * mean, and afterwards it is taken out of every node again. It is a Unicode noncharacter, reserved for such internal use
 * and refused in input.
 */
final class InertMark implements PostProcessor {
    static final char MARK = '\ufdd0';

    @Override
    public Node process(Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                text.setLiteral(without(text.getLiteral()));
            }

            @Override
            public void visit(Code code) {
                code.setLiteral(without(code.getLiteral()));
            }

            @Override
            public void visit(HtmlInline html) {
                html.setLiteral(without(html.getLiteral()));
            }

            @Override
            public void visit(HtmlBlock html) {
                html.setLiteral(without(html.getLiteral()));
            }

            @Override
            public void visit(FencedCodeBlock code) {
                code.setLiteral(without(code.getLiteral()));
                code.setInfo(without(code.getInfo()));
            }

            @Override
            public void visit(IndentedCodeBlock code) {
                code.setLiteral(without(code.getLiteral()));
            }

            @Override
            public void visit(Link link) {
                link.setDestination(without(link.getDestination()));
                link.setTitle(without(link.getTitle()));
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                image.setDestination(without(image.getDestination()));
                image.setTitle(without(image.getTitle()));
                visitChildren(image);
            }
        });
        return document;
    }

    private static String without(String text) {
        return text == null || text.indexOf(MARK) < 0 ? text : text.replace(String.valueOf(MARK), "");
    }
}
