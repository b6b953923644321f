package dev.rooster.mail.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of a JSON text, read leniently: what is missing or of another type is null or empty, never an exception. Depth,
 * names and numbers are limited; the whole text by whoever hands it in.
 */
public final class JsonTree {
    private static final int DEPTH_MAX = 40;
    private static final int TEXT_MAX = 8_000;
    /** One event has a few hundred; a tree takes up to a hundred times the memory of the text it is read from. */
    private static final long STRANGERS_TOKENS_MAX = 10_000;

    private static final JsonMapper JSON = mapper(Long.MAX_VALUE);
    private static final JsonMapper STRANGERS_JSON = mapper(STRANGERS_TOKENS_MAX);

    private final JsonNode node;

    private JsonTree(JsonNode node) {
        this.node = node;
    }

    private static JsonMapper mapper(long tokensMax) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEPTH_MAX)
                                .maxNameLength(1_000)
                                .maxNumberLength(50)
                                .maxTokenCount(tokensMax)
                                .build())
                        .build())
                .build();
    }

    /** Reads a whole text; empty when it is no JSON object or array, or nested too deeply. */
    public static Optional<JsonTree> parse(byte[] json) {
        return parse(JSON, json);
    }

    /**
     * Reads a text of which nobody knows yet who wrote it, in little memory however many bytes there are; empty also when it has more
     * than 10,000 tokens (RFC 8259 §2), members' names counted.
     */
    public static Optional<JsonTree> parseFromStranger(byte[] json) {
        return parse(STRANGERS_JSON, json);
    }

    private static Optional<JsonTree> parse(JsonMapper mapper, byte[] json) {
        try {
            JsonNode root = mapper.readTree(json);
            return root != null && (root.isObject() || root.isArray())
                    ? Optional.of(new JsonTree(root))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** A member; an empty tree when there is none. */
    public JsonTree at(String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return new JsonTree(found);
    }

    /** The whole text of a string member, however long; null when it is none. */
    public String whole(String name) {
        JsonNode found = node.path(name);
        return found.isString() ? found.stringValue() : null;
    }

    /** A string or number below a path, at most 8,000 characters, without blanks around; null when there is none or it is blank. */
    public String text(String... path) {
        JsonNode found = at(path).node;
        if (!found.isString() && !found.isNumber()) {
            return null;
        }
        String text = found.asString().strip();
        return text.isEmpty() ? null : text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
    }

    /** Whether a member is there, whatever it is, but null. */
    public boolean has(String name) {
        JsonNode found = node.path(name);
        return !found.isMissingNode() && !found.isNull();
    }

    /** Whether a member is {@code true}. */
    public boolean isTrue(String name) {
        return node.path(name).isBoolean() && node.path(name).booleanValue();
    }

    /** The elements of an array; of an object, itself; of nothing, none. */
    public List<JsonTree> each() {
        List<JsonTree> elements = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> elements.add(new JsonTree(element)));
        } else if (node.isObject()) {
            elements.add(this);
        }
        return elements;
    }

    /** The values of an object, whatever their names. */
    List<JsonTree> values() {
        List<JsonTree> values = new ArrayList<>();
        if (node.isObject()) {
            node.forEach(value -> values.add(new JsonTree(value)));
        }
        return values;
    }

    /** This itself as a text, as {@link #text} reads one. */
    String asText() {
        return text();
    }

    /** A moment below a path: RFC 3339, or seconds or milliseconds since 1970; null when it is none. */
    Instant instant(String... path) {
        JsonNode found = at(path).node;
        try {
            if (found.isNumber()) {
                return sinceEpoch(found.doubleValue());
            }
            String text = text(path);
            if (text == null) {
                return null;
            }
            if (text.matches("[0-9]{9,16}(\\.[0-9]{1,9})?")) {
                return sinceEpoch(Double.parseDouble(text));
            }
            return text.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})")
                    ? OffsetDateTime.parse(text.replaceFirst("([+-][0-9]{2})([0-9]{2})$", "$1:$2"))
                            .toInstant()
                    : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant sinceEpoch(double number) {
        if (!(number > 0 && number < 1e14)) {
            return null;
        }
        return number > 1e11 ? Instant.ofEpochMilli((long) number) : Instant.ofEpochSecond((long) number);
    }
}
