package dev.rooster.issue;

import java.util.List;

/**
 * The weekly news.
 *
 * @param title what the writer wants shown instead of the template's own heading, plain text; "" for the template's
 * @param intro blocks before the first group; usually empty
 */
public record NewsSection(String title, List<Block> intro, List<NewsGroup> groups) {
    public NewsSection {
        intro = List.copyOf(intro);
        groups = List.copyOf(groups);
    }
}
