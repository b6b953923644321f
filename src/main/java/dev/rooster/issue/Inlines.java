package dev.rooster.issue;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** Small questions about the inline nodes of a block. */
final class Inlines {
    private Inlines() {}

    static List<Node> children(Node parent) {
        List<Node> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }

    /** The children of a block, divided at its line breaks; at least one line, which may be empty. */
    static List<List<Node>> lines(Node block) {
        List<List<Node>> lines = new ArrayList<>();
        lines.add(new ArrayList<>());
        for (Node child : children(block)) {
            if (isBreak(child)) {
                lines.add(new ArrayList<>());
            } else {
                lines.get(lines.size() - 1).add(child);
            }
        }
        return lines;
    }

    static boolean isBreak(Node node) {
        return node instanceof SoftLineBreak || node instanceof HardLineBreak;
    }

    /** The words of a node without any sign of Markdown; a line break is {@code \n}. */
    static String text(Node node) {
        if (node instanceof Text text) {
            return text.getLiteral();
        }
        if (node instanceof Code code) {
            return code.getLiteral();
        }
        return isBreak(node) ? "\n" : text(children(node));
    }

    static String text(List<Node> nodes) {
        StringBuilder text = new StringBuilder();
        nodes.forEach(node -> text.append(text(node)));
        return text.toString();
    }

    /** Takes this many chars of words off the front of the nodes, leaving their structure alone. */
    static void dropFront(List<Node> nodes, int chars) {
        int left = chars;
        for (Node node : nodes) {
            if (left <= 0) {
                return;
            }
            if (node instanceof Text text) {
                int dropped = Math.min(left, text.getLiteral().length());
                text.setLiteral(text.getLiteral().substring(dropped));
                left -= dropped;
            } else {
                int length = text(node).length();
                dropFront(children(node), left);
                left -= length;
            }
        }
    }

    /** Takes this many chars off the end of the last node, which must be a text that long. */
    static void dropBack(Text last, int chars) {
        last.setLiteral(last.getLiteral().substring(0, last.getLiteral().length() - chars));
    }
}
