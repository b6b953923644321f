package dev.rooster.issue;

import java.util.List;

/**
 * A closing, a feedback ask or a sponsor part.
 *
 * @param title what the writer wants shown, plain text; "" for the template's own (a closing then shows none)
 */
public record TitledSection(String title, List<Block> blocks) {
    public TitledSection {
        blocks = List.copyOf(blocks);
    }
}
