package dev.rooster.mail.hook;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as it came.
 *
 * @param headers by name in lower case, the first of each
 * @param body the very bytes: signatures are over these
 */
public record HookRequest(Map<String, String> headers, byte[] body) {
    public HookRequest {
        headers = headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().toLowerCase(Locale.ROOT),
                        Map.Entry::getValue,
                        (first, later) -> first));
    }

    /** A header's value; "" when there is none. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
