package dev.rooster.config;

import dev.rooster.delivery.StopSettings;

/** The part {@code stops:}. */
final class StopSections {
    private StopSections() {}

    /** @param faultsMax {@code delivery.sender-faults}: one number for the relay and for each provider */
    static StopSettings stops(Section section, int faultsMax) {
        try (section) {
            StopSettings defaults = StopSettings.defaults();
            return new StopSettings(
                    percent(section, "hard-percent", defaults.hardPercent()),
                    section.number("hard-after", defaults.hardAfter(), 1, 100_000),
                    section.number("complaints", defaults.complaintsMin(), 1, 1_000),
                    percent(section, "complaint-percent", defaults.complaintPercent()),
                    faultsMax,
                    section.number("faults", defaults.faultsAllMin(), 1, 10_000),
                    percent(section, "faults-percent", defaults.faultsAllPercent()));
        }
    }

    private static double percent(Section section, String key, double byDefault) {
        return section.value(key, byDefault, "0.01–100", text -> {
            double percent = Double.parseDouble(text);
            if (!(percent >= 0.01 && percent <= 100)) {
                throw new IllegalArgumentException();
            }
            return percent;
        });
    }
}
