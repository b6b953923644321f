package dev.rooster.subscriber;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The stored form of free attributes: a JSON object of strings, keys sorted so that equal maps are equal texts. */
public final class Attributes {
    /** Longest stored form, in characters: the column's width. */
    public static final int JSON_CHARS_MAX = 20_000;

    private static final String EMPTY = "{}";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectWriter WRITER = JSON.writer();
    private static final ObjectReader READER = JSON.readerFor(new TypeReference<TreeMap<String, String>>() {});

    private Attributes() {}

    public static String json(Map<String, String> attributes) {
        return attributes.isEmpty() ? EMPTY : WRITER.writeValueAsString(new TreeMap<>(attributes));
    }

    /**
     * Reads the stored form.
     *
     * @throws IllegalStateException when the column holds something else (a bug)
     */
    public static Map<String, String> of(String json) {
        if (EMPTY.equals(json)) {
            return Map.of();
        }
        try {
            return READER.readValue(json);
        } catch (JacksonException e) {
            throw new IllegalStateException("subscriber.attributes is not an object of strings", e);
        }
    }
}
