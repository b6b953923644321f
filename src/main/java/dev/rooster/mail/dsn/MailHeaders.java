package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The header fields of a mail or part as found, unfolded, undecoded (one char is one octet); broken lines are skipped. */
final class MailHeaders {
    static final MailHeaders EMPTY = new MailHeaders(List.of(), List.of(), 0);

    /** More fields than any real mail has; the rest is skipped. */
    private static final int FIELDS_MAX = 400;

    /** RFC 5321 §6.3 takes a hundred Received fields for a loop; no other field comes so often. */
    private static final int SAME_MAX = 100;

    private static final int VALUE_MAX = 16_384;

    private final List<String> names;
    private final List<String> values;
    private final int end;

    private MailHeaders(List<String> names, List<String> values, int end) {
        this.names = names;
        this.values = values;
        this.end = end;
    }

    /**
     * Reads from {@code start} to the empty line. Lines that are neither a field nor its continuation are skipped if a
     * field follows; otherwise the body is taken to begin there, the empty line being lost.
     *
     * @param text lines ended by LF alone
     */
    static MailHeaders read(String text, int start, int end) {
        int limit = Math.min(end, text.length());
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        String name = null;
        int at = start;
        while (at < limit) {
            int lineEnd = lineEnd(text, at, limit);
            if (lineEnd == at) {
                at++;
                break;
            }
            char first = text.charAt(at);
            if ((first == ' ' || first == '\t') && name != null) {
                if (value.length() < VALUE_MAX) {
                    value.append(' ').append(text.substring(at, lineEnd).strip());
                }
            } else {
                int colon = nameEnd(text, at, lineEnd);
                if (colon > 0) {
                    add(names, values, name, value);
                    name = text.substring(at, colon).strip().toLowerCase(Locale.ROOT);
                    value.setLength(0);
                    value.append(text.substring(colon + 1, lineEnd).strip());
                } else if (!fieldFollows(text, lineEnd, limit)) {
                    break;
                }
            }
            at = Math.min(lineEnd + 1, limit);
        }
        add(names, values, name, value);
        return new MailHeaders(names, values, at);
    }

    private static void add(List<String> names, List<String> values, String name, StringBuilder value) {
        if (name != null && names.size() < FIELDS_MAX) {
            names.add(name);
            values.add(value.length() > VALUE_MAX ? value.substring(0, VALUE_MAX) : value.toString());
        }
    }

    private static boolean fieldFollows(String text, int lineEnd, int limit) {
        int next = lineEnd + 1;
        return next < limit && nameEnd(text, next, lineEnd(text, next, limit)) > 0;
    }

    /** Index of the colon that ends a field name (RFC 5322 §2.2, with the blanks of §4.5 before it), or -1. */
    static int nameEnd(String text, int start, int lineEnd) {
        int i = start;
        while (i < lineEnd && i - start < 80) {
            char c = text.charAt(i);
            if (c == ':') {
                return i > start ? i : -1;
            }
            if (c == ' ' || c == '\t') {
                while (i < lineEnd && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
                    i++;
                }
                return i > start && i < lineEnd && text.charAt(i) == ':' && text.charAt(start) > ' ' ? i : -1;
            }
            if (c < 33 || c > 126) {
                return -1;
            }
            i++;
        }
        return -1;
    }

    static int lineEnd(String text, int start, int limit) {
        int end = text.indexOf('\n', start);
        return end < 0 || end > limit ? limit : end;
    }

    /** Where the body begins. */
    int end() {
        return end;
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** The first field of a lower-case name, or null. */
    String first(String name) {
        int at = names.indexOf(name);
        return at < 0 ? null : values.get(at);
    }

    /** The fields of a lower-case name, at most the first {@value #SAME_MAX}. */
    List<String> all(String name) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size() && found.size() < SAME_MAX; i++) {
            if (names.get(i).equals(name)) {
                found.add(values.get(i));
            }
        }
        return found;
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** The first field, decoded (RFC 2047), or null. */
    String decoded(String name) {
        String raw = first(name);
        return raw == null ? null : EncodedWords.decode(raw);
    }
}
