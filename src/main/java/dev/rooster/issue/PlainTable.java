package dev.rooster.issue;

import dev.rooster.language.DisplayWidth;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;

/** Writes a table as plain text: in columns where a line has room for them, else an item for each row. */
final class PlainTable {
    /** As long as the lines of a text part are, in columns of a screen. */
    private static final int COLUMNS_MAX = 72;

    private static final String GAP = "  ";

    private PlainTable() {}

    static String of(Element table) {
        List<List<String>> rows = table.select("tr").stream()
                .map(row -> row.children().stream().map(PlainTable::words).toList())
                .toList();
        List<Integer> widths = widths(rows);
        int all = widths.stream().mapToInt(Integer::intValue).sum() + GAP.length() * (widths.size() - 1);
        return all <= COLUMNS_MAX ? columns(rows, widths) : items(rows);
    }

    private static String words(Element cell) {
        return PlainText.inline(cell).replaceAll("\\s+", " ").strip();
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = DisplayWidth.columns(row.get(i));
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return widths;
    }

    private static String columns(List<List<String>> rows, List<Integer> widths) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths));
            if (lines.size() == 1) {
                lines.add(line(widths.stream().map("-"::repeat).toList(), widths));
            }
        }
        return String.join("\n", lines);
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(i == 0 ? "" : GAP).append(DisplayWidth.pad(row.get(i), widths.get(i)));
        }
        return line.toString().stripTrailing();
    }

    /** {@code - first cell}, and below it each other cell after its column's name. */
    private static String items(List<List<String>> rows) {
        List<String> heads = rows.get(0);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            lines.add("- " + row.get(0));
            for (int i = 1; i < row.size(); i++) {
                if (!row.get(i).isEmpty()) {
                    String head = heads.get(i);
                    lines.add(GAP + (head.isEmpty() ? "" : head + ": ") + row.get(i));
                }
            }
        }
        return String.join("\n", lines);
    }
}
