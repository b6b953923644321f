package dev.rooster.issue;

import org.commonmark.node.Node;

/** Where a node stands in the file. */
final class Lines {
    private Lines() {}

    /** The line a node begins on, counted from 1; 0 when neither it nor a parent of it knows. */
    static int of(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.getSourceSpans().isEmpty()) {
                return at.getSourceSpans().get(0).getLineIndex() + 1;
            }
        }
        return 0;
    }
}
