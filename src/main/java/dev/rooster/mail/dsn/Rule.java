package dev.rooster.mail.dsn;

import java.util.List;
import java.util.Map;

/**
 * One entry of a rule file.
 *
 * @param id the name in brackets, unique in its file
 * @param line where it begins, for messages about a bad file
 * @param values its {@code key: value} lines; each key with its values in order
 */
record Rule(String id, int line, Map<String, List<String>> values) {
    List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** The only value of a key, or null. */
    String one(String key) {
        List<String> found = all(key);
        if (found.size() > 1) {
            throw new IllegalStateException("rule [" + id + "] at line " + line + " has more than one " + key);
        }
        return found.isEmpty() ? null : found.get(0);
    }
}
