package dev.rooster.delivery;

import dev.rooster.subscriber.MailboxProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How fast mailbox providers are sent to where the settings say nothing: {@code provider-rates.properties} beside this class,
 * with the reason for each.
 */
public final class ShippedRates {
    private ShippedRates() {}

    /** By the provider's word; who is not in the file has no limit. */
    public static Map<String, List<RateLimit>> byProvider() {
        Properties file = new Properties();
        try (InputStream in = ShippedRates.class.getResourceAsStream("provider-rates.properties")) {
            file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, List<RateLimit>> rates = new TreeMap<>();
        for (MailboxProvider provider : MailboxProvider.values()) {
            String limits = file.getProperty(provider.text(), "");
            rates.put(
                    provider.text(),
                    List.of(limits.split(",")).stream()
                            .filter(limit -> !limit.isBlank())
                            .map(RateLimit::of)
                            .toList());
        }
        return rates;
    }
}
