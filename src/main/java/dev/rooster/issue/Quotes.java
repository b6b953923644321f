package dev.rooster.issue;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Counts quotation marks and brackets that belong in pairs. */
final class Quotes {
    private static final List<String> PAIRS = List.of("“”", "「」", "『』", "《》", "〈〉", "【】");

    /** don't, 'n', '24: an apostrophe, not a quote. */
    private static final Pattern APOSTROPHE =
            Pattern.compile("(?<=[A-Za-z])['’](?=[A-Za-z])|(?<=[A-Za-z]s)['’](?=\\s)|['’](?=\\d{2}(?:\\D|$))");

    private Quotes() {}

    /** The first mark that lacks its partner. */
    static Optional<String> unpaired(String text) {
        for (String pair : PAIRS) {
            long opened = count(text, pair.charAt(0));
            long closed = count(text, pair.charAt(1));
            if (opened != closed) {
                return Optional.of(pair.substring(opened > closed ? 0 : 1, opened > closed ? 1 : 2));
            }
        }
        if (count(text, '"') % 2 == 1) {
            return Optional.of("\"");
        }
        String quotes = APOSTROPHE.matcher(text).replaceAll("");
        if (count(quotes, '\'') % 2 == 1) {
            return Optional.of("'");
        }
        long opened = count(quotes, '‘');
        long closed = count(quotes, '’');
        return opened == closed ? Optional.empty() : Optional.of(opened > closed ? "‘" : "’");
    }

    private static long count(String text, char sign) {
        return text.chars().filter(c -> c == sign).count();
    }
}
