package dev.rooster.issue;

import java.util.List;

/**
 * A numbered topic.
 *
 * @param number counted from 1; numbers typed by the writer were dropped
 */
public record Topic(int number, RichText title, List<Block> blocks, List<RelatedLink> related) {
    public Topic {
        blocks = List.copyOf(blocks);
        related = List.copyOf(related);
    }
}
