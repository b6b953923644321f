package dev.rooster.config;

import dev.rooster.delivery.QuietHours;
import dev.rooster.delivery.RateLimit;
import dev.rooster.delivery.RelayUse;
import dev.rooster.delivery.SenderUse;
import dev.rooster.delivery.ShippedRates;
import dev.rooster.delivery.WarmUp;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code provider-rates:}, and how relays and newsletters are used. */
final class TrafficSections {
    private static final String OFF = "off";

    private TrafficSections() {}

    static RelayUse relay(Section section) {
        Set<RelayUse.Role> roles = EnumSet.noneOf(RelayUse.Role.class);
        roles.addAll(section.list(
                "roles", "bulk, test, notices", text -> RelayUse.Role.valueOf(text.toUpperCase(Locale.ROOT))));
        return new RelayUse(
                section.number("weight", 1, 1, 100),
                section.number("failover", 0, 0, 9),
                roles.isEmpty() ? EnumSet.allOf(RelayUse.Role.class) : roles,
                rate(section, "rate", List.of()),
                warmUp(section.section("warm-up")));
    }

    /** @param relays all there are */
    static SenderUse newsletter(Section section, Map<String, RelayUse> relays) {
        List<String> named = section.list("relay", "default, backup", text -> text);
        List<String> carriers = named.isEmpty() ? RelayUse.carrying(RelayUse.Role.BULK, relays) : named;
        return new SenderUse(
                carriers.stream()
                        .sorted(Comparator.comparingInt(name ->
                                relays.containsKey(name) ? relays.get(name).failover() : 0))
                        .toList(),
                rate(section, "rate", List.of()),
                warmUp(section.section("warm-up")),
                section.value("quiet-hours", null, "21:00-08:00", QuietHours::of));
    }

    /** Null when its first day is not set. */
    private static WarmUp warmUp(Section section) {
        try (section) {
            LocalDate from = section.value("from", null, "2026-12-01", TrafficSections::date);
            int first = section.number("first", 500, 1, 10_000_000);
            int percent = section.number("percent-a-day", 50, 1, 900);
            return from == null ? null : new WarmUp(from, first, 1 + percent / 100.0);
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e);
        }
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
