package dev.rooster.config;

import dev.rooster.bounce.BounceSettings;
import dev.rooster.delivery.DeliverySettings;
import dev.rooster.delivery.UncertainPolicy;
import dev.rooster.notice.NoticeSettings;
import dev.rooster.schedule.ScheduleSettings;
import java.time.Duration;

/** The parts {@code delivery:}, {@code notices:}, {@code bounces:} and {@code schedule:}. */
final class SendingSections {
    private SendingSections() {}

    /** @param onLoopback whether all relays are on this machine: trials there need no patience */
    static DeliverySettings delivery(Section section, boolean onLoopback) {
        try (section) {
            DeliverySettings defaults = DeliverySettings.defaults();
            Duration first = section.duration(
                    "retry-first",
                    defaults.retryFirst(),
                    onLoopback ? DeliverySettings.RETRY_FIRST_TRIAL_MIN : DeliverySettings.RETRY_FIRST_MIN,
                    Duration.ofHours(12));
            Duration max = section.duration("retry-max", defaults.retryMax(), first, Duration.ofHours(24));
            return new DeliverySettings(
                    section.choice("uncertain", UncertainPolicy.class, defaults.uncertain()),
                    first,
                    max,
                    section.duration("stop-grace", defaults.stopGrace(), Duration.ZERO, Duration.ofMinutes(9)),
                    section.duration("lease", defaults.lease(), Duration.ofSeconds(5), Duration.ofMinutes(10)),
                    section.number("claim-batch", defaults.claimBatch(), 1, 5_000),
                    section.number("sender-faults", defaults.senderFaultsMax(), 1, 1_000),
                    section.flag("await-disk", defaults.awaitDisk()));
        }
    }

    static NoticeSettings notices(Section section) {
        try (section) {
            NoticeSettings defaults = NoticeSettings.defaults();
            return new NoticeSettings(
                    section.address("from", null),
                    section.text("relay", defaults.relay()),
                    section.duration(
                            "confirm-within", defaults.confirmWithin(), Duration.ofHours(1), Duration.ofDays(60)),
                    section.number("confirmations-unanswered", defaults.confirmationsUnansweredMax(), 1, 10),
                    section.duration(
                            "keep-addresses", defaults.keepAddresses(), Duration.ofHours(1), Duration.ofDays(365)),
                    section.number("batch", defaults.batch(), 1, 200),
                    section.duration("lease", defaults.lease(), Duration.ofMinutes(1), Duration.ofHours(2)));
        }
    }

    static BounceSettings bounces(Section section) {
        try (section) {
            BounceSettings defaults = BounceSettings.defaults();
            return new BounceSettings(
                    section.number("soft-issues", defaults.softIssues(), 1, 52),
                    section.duration("soft-period", defaults.softPeriod(), Duration.ZERO, Duration.ofDays(365)),
                    section.duration("silence", defaults.silence(), Duration.ofDays(1), Duration.ofDays(30)));
        }
    }

    static ScheduleSettings schedule(Section section) {
        try (section) {
            ScheduleSettings defaults = ScheduleSettings.defaults();
            return new ScheduleSettings(
                    rhythm(section, "slots", defaults.slots()),
                    rhythm(section, "notices", defaults.notices()),
                    rhythm(section, "retries", defaults.retries()),
                    section.duration("alarm-after", defaults.alarmAfter(), Duration.ofMinutes(1), Duration.ofHours(2)),
                    section.number("threads", defaults.threads(), 1, 16),
                    section.duration("stop-wait", defaults.stopWait(), Duration.ZERO, Duration.ofMinutes(5)));
        }
    }

    private static Duration rhythm(Section section, String key, Duration byDefault) {
        return section.duration(key, byDefault, Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
