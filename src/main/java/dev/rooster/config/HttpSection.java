package dev.rooster.config;

import dev.rooster.web.WebSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The {@code http:} part. */
final class HttpSection {
    private HttpSection() {}

    static WebSettings read(Section section, URI publicUrl) {
        try (section) {
            WebSettings defaults = WebSettings.defaults();
            List<String> proxies = section.list("trusted-proxies", "10.0.0.7, 10.0.0.0/8", HttpSection::proxy);
            List<String> marketing = section.list("ask-marketing-consent", "ai-weekly", text -> text);
            return new WebSettings(
                    section.text("host", defaults.host()),
                    section.number("port", defaults.port(), 0, 65_535),
                    section.text("management-host", defaults.managementHost()),
                    section.number("management-port", defaults.managementPort(), 0, 65_535),
                    publicUrl,
                    section.has("trusted-proxies") ? proxies : defaults.trustedProxies(),
                    section.number("threads", defaults.threads(), 4, 400),
                    section.number("body-bytes", defaults.bodyBytesMax(), 4_096, 1 << 20),
                    section.duration(
                            "idle-timeout", defaults.idleTimeout(), Duration.ofSeconds(1), Duration.ofMinutes(10)),
                    section.number("sign-ups-per-address", defaults.signUpsPerAddress(), 1, 10_000),
                    section.number("sign-ups-per-hour", defaults.signUpsPerHour(), 1, 1_000_000),
                    Set.copyOf(marketing));
        }
    }

    private static String proxy(String text) {
        if (!text.matches("[0-9A-Fa-f:.]+(/[0-9]{1,3})?")) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
