package dev.rooster.issue;

import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/** A part of the issue while it is being read: takes what follows its heading, up to the next {@code ##}. */
interface Part {
    /** A heading of level 3 or deeper. */
    void heading(Heading heading);

    /** Any other block. */
    void block(Node block);
}
