package dev.rooster.subscriber.csv;

import dev.rooster.mail.AddressCheck;
import dev.rooster.mail.EmailAddress;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of one file mean. Immutable.
 *
 * @param header the names as written; for a bare list of addresses without a header, none
 * @param known the columns of each meaning, the preferred first (a list of Mailchimp's has two dates of consent)
 * @param attributes the columns taken over as attributes, by position
 * @param ignored names of columns that are not taken over
 * @param utc positions of columns whose times are in UTC though they do not say so
 * @param headerLine the header's line; 0 without a header
 */
record Columns(
        List<String> header,
        Map<Column, List<Integer>> known,
        Map<Integer, String> attributes,
        List<String> ignored,
        Set<Integer> utc,
        long headerLine) {
    static final int COLUMNS_MAX = 200;
    static final int NAME_CHARS_MAX = 60;

    /** A header like this names an attribute even where the name alone would mean something else. */
    static final String ATTRIBUTE_PREFIX = "attribute:";

    /** Columns that begin with it are Rooster's remarks in a file of rejected rows. */
    static final String REMARK_PREFIX = "#";

    private static final WordList NAMES = WordList.load("columns.properties");

    /** @throws FileRefused when there is no column of addresses, or an attribute twice */
    static Columns of(CsvRow.Fields first) throws FileRefused {
        List<String> header = first.fields().stream()
                .map(SpreadsheetSafe::unescape)
                .map(name -> Normalizer.normalize(name.strip(), Normalizer.Form.NFC))
                .toList();
        if (header.size() > COLUMNS_MAX) {
            throw new FileRefused(FileProblem.of(
                    FileProblem.Kind.TOO_MANY_COLUMNS,
                    first.line(),
                    String.valueOf(header.size()),
                    String.valueOf(COLUMNS_MAX)));
        }
        Map<Column, List<Integer>> known = known(header);
        if (!known.containsKey(Column.ADDRESS)) {
            if (header.size() == 1 && EmailAddress.check(header.get(0)) instanceof AddressCheck.Valid) {
                return new Columns(List.of(), Map.of(Column.ADDRESS, List.of(0)), Map.of(), List.of(), Set.of(), 0);
            }
            throw new FileRefused(
                    FileProblem.of(FileProblem.Kind.NO_ADDRESS_COLUMN, first.line(), String.join(", ", header)));
        }
        return withAttributes(header, known, first.line());
    }

    private static Map<Column, List<Integer>> known(List<String> header) {
        Map<Column, List<Integer>> known = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            List<String> words = NAMES.words(column.key());
            List<Integer> positions = new ArrayList<>();
            for (int i = 0; i < header.size(); i++) {
                if (!isMarked(header.get(i)) && words.contains(WordList.bare(header.get(i)))) {
                    positions.add(i);
                }
            }
            positions.sort(Comparator.comparing(i -> words.indexOf(WordList.bare(header.get(i)))));
            if (!positions.isEmpty()) {
                known.put(column, List.copyOf(positions));
            }
        }
        return known;
    }

    private static boolean isMarked(String name) {
        return name.startsWith(REMARK_PREFIX) || name.startsWith(ATTRIBUTE_PREFIX);
    }

    private static Columns withAttributes(List<String> header, Map<Column, List<Integer>> known, long line)
            throws FileRefused {
        boolean mailchimp = header.stream().anyMatch(name -> WordList.bare(name).equals("leid"));
        Map<Integer, String> attributes = new LinkedHashMap<>();
        List<String> ignored = new ArrayList<>();
        Set<Integer> utc = new LinkedHashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            int position = i;
            if (NAMES.words("utc").contains(WordList.bare(name))) {
                utc.add(i);
            }
            if (known.values().stream().anyMatch(positions -> positions.contains(position))) {
                continue;
            }
            if (isIgnored(name, mailchimp)) {
                ignored.add(name);
                continue;
            }
            String attribute = attributeName(name);
            if (attribute.length() > NAME_CHARS_MAX || !attribute.matches("[^{}.\\p{C}]+")) {
                throw new FileRefused(
                        FileProblem.of(FileProblem.Kind.COLUMN_NAME, line, name, String.valueOf(NAME_CHARS_MAX)));
            }
            if (attributes.containsValue(attribute)) {
                throw new FileRefused(FileProblem.of(FileProblem.Kind.COLUMN_TWICE, line, name));
            }
            attributes.put(i, attribute);
        }
        return new Columns(header, known, attributes, ignored, utc, line);
    }

    private static boolean isIgnored(String name, boolean mailchimp) {
        String bare = WordList.bare(name);
        return name.isEmpty()
                || name.startsWith(REMARK_PREFIX)
                || NAMES.words("ignored").contains(bare) && !name.startsWith(ATTRIBUTE_PREFIX)
                || mailchimp && NAMES.words("ignored-mailchimp").contains(bare);
    }

    /** A name that templates can use: without blanks, since {@code {{subscriber.phone_number}}} has none. */
    private static String attributeName(String header) {
        String name = header.startsWith(ATTRIBUTE_PREFIX) ? header.substring(ATTRIBUTE_PREFIX.length()) : header;
        return name.strip().replaceAll("\\s+", "_");
    }

    /** The header under which an attribute comes back as that attribute. */
    static String headerOf(String attribute) {
        boolean taken = isMarked(attribute) || NAMES.meaning(attribute).isPresent();
        return taken ? ATTRIBUTE_PREFIX + attribute : attribute;
    }

    List<Integer> positions(Column column) {
        return known.getOrDefault(column, List.of());
    }

    boolean has(Column column) {
        return known.containsKey(column);
    }

    /** The written name of a column's preferred position; empty where there is none. */
    String name(Column column) {
        List<Integer> positions = positions(column);
        return positions.isEmpty() || header.isEmpty() ? "" : header.get(positions.get(0));
    }
}
