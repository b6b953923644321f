package dev.rooster.config;

import dev.rooster.delivery.RateLimit;
import dev.rooster.delivery.RelayUse;
import dev.rooster.delivery.SenderUse;
import dev.rooster.delivery.ShippedRates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code provider-rates:}, and how relays and newsletters are used. */
final class TrafficSections {
    private static final String OFF = "off";

    private TrafficSections() {}

    static RelayUse relay(Section section) {
        return new RelayUse(rate(section, "rate", List.of()));
    }

    static SenderUse newsletter(Section section) {
        return new SenderUse(rate(section, "rate", List.of()));
    }

    static Map<String, List<RateLimit>> providers(Section section) {
        try (section) {
            Map<String, List<RateLimit>> rates = new TreeMap<>();
            ShippedRates.byProvider().forEach((provider, shipped) -> {
                if (!shipped.isEmpty()) {
                    rates.put(provider, rate(section, provider, shipped));
                }
            });
            return rates;
        }
    }

    /** One limit or several; {@code off}: none. */
    private static List<RateLimit> rate(Section section, String key, List<RateLimit> byDefault) {
        if (!section.has(key)) {
            section.list(key, "", text -> text); // known, though it is not set
            return byDefault;
        }
        return section
                .list(
                        key,
                        RateLimit.EXAMPLES + ", " + OFF,
                        text -> text.equals(OFF) ? Optional.<RateLimit>empty() : Optional.of(RateLimit.of(text)))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
