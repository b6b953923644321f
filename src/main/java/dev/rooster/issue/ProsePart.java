package dev.rooster.issue;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/** The lead, the closing, the feedback ask and the sponsor part: blocks and small headings. */
final class ProsePart implements Part {
    private final BlockReader reader;
    private final List<Block> blocks = new ArrayList<>();

    ProsePart(BlockReader reader) {
        this.reader = reader;
    }

    @Override
    public void heading(Heading heading) {
        blocks.addAll(reader.read(heading));
    }

    @Override
    public void block(Node block) {
        blocks.addAll(reader.read(block));
    }

    List<Block> blocks() {
        return blocks;
    }
}
