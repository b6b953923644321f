package dev.rooster.mail.dsn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the rule files: {@code [id]} begins a rule, {@code key: value} lines follow, {@code #} begins a comment line. A
 * mistake in a shipped file is a bug and stops the start with file and line.
 */
final class RuleFile {
    private RuleFile() {}

    /** The rules of a resource of this package, in file order. */
    static List<Rule> load(String name, Set<String> keys) {
        try (InputStream in = RuleFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the rule file " + name + " is missing from the program");
            }
            return read(name, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Rule> read(String name, BufferedReader reader, Set<String> keys) throws IOException {
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Map<String, List<String>> values = null;
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String at = name + ":" + number + ": ";
            if (text.startsWith("[") && text.endsWith("]")) {
                String id = text.substring(1, text.length() - 1);
                if (!ids.add(id)) {
                    throw new IllegalStateException(at + "a second rule named [" + id + "]");
                }
                values = new LinkedHashMap<>();
                rules.add(new Rule(id, number, values));
                continue;
            }
            int colon = text.indexOf(':');
            String key = colon < 0 ? "" : text.substring(0, colon).strip();
            if (values == null || !keys.contains(key)) {
                throw new IllegalStateException(
                        at + "found '" + text + "', expected [id] or one of " + keys + " with a colon");
            }
            values.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(text.substring(colon + 1).strip());
        }
        return List.copyOf(rules);
    }
}
