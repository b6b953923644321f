package dev.rooster.dns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers from a map; a name in {@code silent} gets no answer. */
public final class MapLookup implements DnsLookup {
    private final Map<String, List<String>> records = new HashMap<>();

    public MapLookup with(Type type, String name, String... values) {
        records.put(type + " " + name, List.of(values));
        return this;
    }

    public MapLookup silent(String name) {
        for (Type type : Type.values()) {
            records.put(type + " " + name, List.of());
        }
        return this;
    }

    @Override
    public DnsAnswer find(String name, Type type) {
        List<String> values = records.get(type + " " + name);
        if (values == null) {
            return new DnsAnswer.None();
        }
        return values.isEmpty() ? new DnsAnswer.Unanswered("timed out") : new DnsAnswer.Found(values);
    }
}
