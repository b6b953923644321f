package dev.rooster.config;

import dev.rooster.delivery.CanarySettings;
import dev.rooster.delivery.StopSettings;
import dev.rooster.report.DeferralSettings;
import java.time.Duration;

/** The parts {@code stops:}, {@code canary:} and {@code deferrals:}. */
final class StopSections {
    private StopSections() {}

    /** @param faultsMax {@code delivery.sender-faults}: one number for the relay and for each provider */
    static StopSettings stops(Section section, int faultsMax) {
        try (section) {
            StopSettings defaults = StopSettings.defaults();
            return new StopSettings(
                    percent(section, "hard-percent", defaults.hardPercent(), 100),
                    section.number("hard-after", defaults.hardAfter(), 1, 100_000),
                    section.number("complaints", defaults.complaintsMin(), 1, 1_000),
                    percent(section, "complaint-percent", defaults.complaintPercent(), 100),
                    faultsMax,
                    section.number("faults", defaults.faultsAllMin(), 1, 10_000),
                    percent(section, "faults-percent", defaults.faultsAllPercent(), 100));
        }
    }

    static CanarySettings canary(Section section) {
        try (section) {
            CanarySettings defaults = CanarySettings.defaults();
            return new CanarySettings(
                    percent(section, "percent", defaults.percent(), 50),
                    section.number("min", defaults.min(), 1, 100_000),
                    section.duration("check", defaults.check(), Duration.ZERO, Duration.ofMinutes(30)),
                    section.duration("stragglers", defaults.stragglers(), Duration.ofSeconds(10), Duration.ofHours(1)));
        }
    }

    static DeferralSettings deferrals(Section section) {
        try (section) {
            DeferralSettings defaults = DeferralSettings.defaults();
            return new DeferralSettings(
                    section.number("percent", defaults.percent(), 1, 100),
                    section.number("min", defaults.min(), 1, 100_000),
                    section.duration("after", defaults.after(), Duration.ofMinutes(1), Duration.ofHours(12)));
        }
    }

    private static double percent(Section section, String key, double byDefault, int max) {
        return section.value(key, byDefault, "0.01–" + max, text -> {
            double percent = Double.parseDouble(text);
            if (!(percent >= 0.01 && percent <= max)) {
                throw new IllegalArgumentException();
            }
            return percent;
        });
    }
}
