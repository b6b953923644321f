package dev.rooster.config;

import dev.rooster.mail.event.Provider;
import dev.rooster.smtp.RelayLimits;
import dev.rooster.smtp.RelayLogin;
import dev.rooster.smtp.RelaySettings;
import dev.rooster.smtp.RelayTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** One relay below {@code relays:}. */
final class RelaySection {
    private static final Duration TIMEOUT_MIN = Duration.ofMillis(100);
    private static final Duration TIMEOUT_MAX = Duration.ofHours(1);

    private static final String PROVIDERS = Arrays.stream(Provider.values())
            .filter(provider -> provider != Provider.GENERIC)
            .map(Provider::word)
            .collect(Collectors.joining(", "));

    private RelaySection() {}

    /** The relay; null when it has no host, which is noted as a fault. The caller closes the section. */
    static RelaySettings read(Section section, String name, Path home) {
        RelaySettings defaults = RelaySettings.defaults("localhost");
        String host = section.value("host", null, "smtp.example.com", RelaySection::host);
        RelaySettings.Tls tls = section.choice("tls", RelaySettings.Tls.class, defaults.tls());
        int port = section.number("port", tls == RelaySettings.Tls.IMPLICIT ? 465 : 587, 1, 65_535);
        String certificates = section.text("trusted-certificates");
        RelayLogin login = login(section, home);
        String helo = section.value("helo", null, "mail.example.com", RelaySection::host);
        RelayLimits limits = limits(section);
        RelaySettings.Dsn dsn = section.choice("dsn", RelaySettings.Dsn.class, defaults.dsn());
        RelayTimeouts timeouts = timeouts(section.section("timeouts"));
        Provider provider = section.value("provider", null, PROVIDERS, RelaySection::provider);
        if (host == null) {
            section.missing("host", "smtp.example.com");
            return null;
        }
        return new RelaySettings(
                name,
                host,
                port,
                tls,
                certificates == null ? null : home.resolve(certificates),
                login,
                helo,
                limits,
                dsn,
                timeouts,
                provider);
    }

    private static Provider provider(String text) {
        return Provider.ofWord(text)
                .filter(provider -> provider != Provider.GENERIC)
                .orElseThrow(IllegalArgumentException::new);
    }

    private static RelayLogin login(Section section, Path home) {
        String username = section.text("username");
        LoginSection login = LoginSection.read(section, home);
        RelayLogin.Mechanism mechanism =
                section.choice("mechanism", RelayLogin.Mechanism.class, RelayLogin.Mechanism.AUTO);
        boolean secret = login.password() != null || login.oauth() != null;
        if (login.faulty() || username == null && !secret) {
            return null;
        }
        if (username == null || !secret) {
            section.missing(username == null ? "username" : "password", "username, password");
            return null;
        }
        return login.oauth() != null
                ? RelayLogin.refreshed(username, login.oauth())
                : new RelayLogin(username, login.password(), mechanism);
    }

    private static RelayLimits limits(Section section) {
        RelayLimits defaults = RelayLimits.defaults();
        return new RelayLimits(
                section.number("connections", defaults.connections(), 1, 200),
                section.number("messages-per-connection", defaults.messagesPerConnection(), 1, 100_000),
                section.duration(
                        "connection-lifetime",
                        defaults.connectionLifetime(),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1)));
    }

    private static RelayTimeouts timeouts(Section section) {
        try (section) {
            RelayTimeouts defaults = RelayTimeouts.defaults();
            return new RelayTimeouts(
                    timeout(section, "connect", defaults.connect()),
                    timeout(section, "command", defaults.command()),
                    timeout(section, "mail", defaults.mail()),
                    timeout(section, "rcpt", defaults.rcpt()),
                    timeout(section, "data", defaults.data()),
                    timeout(section, "block", defaults.block()),
                    timeout(section, "final-dot", defaults.finalDot()),
                    timeout(section, "quit", defaults.quit()));
        }
    }

    private static Duration timeout(Section section, String key, Duration byDefault) {
        return section.duration(key, byDefault, TIMEOUT_MIN, TIMEOUT_MAX);
    }

    private static String host(String text) {
        if (!text.matches("[\\x21-\\x7E]+")) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
