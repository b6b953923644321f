package dev.rooster.config;

import dev.rooster.inbox.PeopleLimits;
import dev.rooster.inbox.ReceiverSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/** The part {@code receiver:}. */
final class ReceiverSection {
    private ReceiverSection() {}

    /** The receiver; null when it has no port, which means that there is none. */
    static ReceiverSettings read(Section section, Path home) {
        try (section) {
            ReceiverSettings defaults = ReceiverSettings.defaults(0);
            boolean wanted = section.has("port");
            int port = section.number("port", 0, 0, 65_535);
            String host = section.value("host", defaults.host(), "127.0.0.1, 0.0.0.0", ReceiverSection::address);
            String name = section.value("name", null, "bounce.example.com", ReceiverSection::name);
            String certificate = section.text("certificate");
            String key = section.text("private-key");
            int connections = section.number("connections", defaults.connections(), 1, 500);
            int bytes = section.number("mail-bytes", defaults.mailBytesMax(), 64 << 10, 100 << 20);
            Duration silence =
                    section.duration("silence", defaults.silence(), Duration.ofSeconds(5), Duration.ofMinutes(10));
            Duration lifetime =
                    section.duration("lifetime", defaults.lifetime(), Duration.ofSeconds(30), Duration.ofHours(1));
            if ((certificate == null) != (key == null)) {
                section.missing(certificate == null ? "certificate" : "private-key", "certificate, private-key");
                return null;
            }
            if (!wanted) {
                return null;
            }
            return new ReceiverSettings(
                    host,
                    port,
                    name,
                    certificate == null ? null : home.resolve(certificate),
                    key == null ? null : home.resolve(key),
                    connections,
                    bytes,
                    silence,
                    lifetime);
        }
    }

    /** The part {@code mail-for-people:}. */
    static PeopleLimits people(Section section) {
        try (section) {
            PeopleLimits defaults = PeopleLimits.defaults();
            return new PeopleLimits(
                    section.number("mails", defaults.mails(), 10, PeopleLimits.MAILS_MAX),
                    section.number("bytes", defaults.bytes(), PeopleLimits.BYTES_MIN, Integer.MAX_VALUE));
        }
    }

    private static String address(String text) {
        if (!text.matches("localhost|[0-9A-Fa-f:.]+")) {
            throw new IllegalArgumentException();
        }
        try {
            InetAddress.getByName(text);
            return text;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String name(String text) {
        if (!text.matches("[A-Za-z0-9.-]{1,253}")) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
