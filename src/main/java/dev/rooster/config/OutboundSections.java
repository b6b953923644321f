package dev.rooster.config;

import dev.rooster.outbound.AlarmSettings;
import dev.rooster.outbound.HeartbeatSettings;
import dev.rooster.outbound.RehearsalSettings;
import java.net.URI;
import java.time.Duration;

/** The parts {@code rehearsal:}, {@code alarms:} and {@code heartbeat:}. */
final class OutboundSections {
    private static final Duration TIMEOUT_MIN = Duration.ofMillis(500);

    private OutboundSections() {}

    static RehearsalSettings rehearsal(Section section) {
        try (section) {
            RehearsalSettings defaults = RehearsalSettings.defaults();
            return new RehearsalSettings(
                    section.flag("links", defaults.links()),
                    section.flag("private-addresses", defaults.privateAddresses()));
        }
    }

    static AlarmSettings alarms(Section section) {
        try (section) {
            return new AlarmSettings(
                    section.text("relay"),
                    section.value("url", null, "https://hooks.example.com/…", OutboundSections::url),
                    section.duration("timeout", AlarmSettings.TIMEOUT_DEFAULT, TIMEOUT_MIN, Duration.ofSeconds(60)));
        }
    }

    static HeartbeatSettings heartbeat(Section section) {
        try (section) {
            HeartbeatSettings defaults = HeartbeatSettings.defaults();
            return new HeartbeatSettings(
                    section.value("url", null, "https://hc-ping.com/…", OutboundSections::url),
                    section.duration("timeout", defaults.timeout(), TIMEOUT_MIN, Duration.ofSeconds(50)));
        }
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null) {
            throw new IllegalArgumentException();
        }
        return url;
    }
}
