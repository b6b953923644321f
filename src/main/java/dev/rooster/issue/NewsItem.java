package dev.rooster.issue;

import java.util.List;

/**
 * One piece of the weekly news.
 *
 * @param url absolute; "" when the writer gave none
 * @param source who published it, plain text; "" when the writer gave none
 * @param summaries nested bullets, in order; may be empty
 */
public record NewsItem(RichText title, String url, String source, List<RichText> summaries) {
    public NewsItem {
        summaries = List.copyOf(summaries);
    }
}
