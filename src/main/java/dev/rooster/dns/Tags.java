package dev.rooster.dns;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A record of tags, {@code v=DKIM1; k=rsa; p=…} (RFC 6376 §3.2, RFC 7489 §6.4). */
final class Tags {
    private final Map<String, String> values = new LinkedHashMap<>();

    private Tags() {}

    static Tags of(String record) {
        Tags tags = new Tags();
        for (String part : record.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                tags.values.putIfAbsent(
                        part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).strip());
            }
        }
        return tags;
    }

    /** The value of a tag; empty when it is not there. */
    String get(String tag) {
        return values.getOrDefault(tag, "");
    }

    boolean has(String tag) {
        return values.containsKey(tag);
    }
}
