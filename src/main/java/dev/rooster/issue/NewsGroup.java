package dev.rooster.issue;

import java.util.List;

/**
 * News under one heading.
 *
 * @param title plain text; "" for items that stand before any group heading
 */
public record NewsGroup(String title, List<NewsItem> items) {
    public NewsGroup {
        items = List.copyOf(items);
    }
}
