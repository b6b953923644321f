package dev.rooster.inbox;

import java.nio.file.Path;
import java.time.Duration;

/**
 * An SMTP server of our own for returned mail alone.
 *
 * @param host the address it listens on; 127.0.0.1 by default
 * @param port 1–65535, or 0 for any that is free
 * @param name what it calls itself; null: this machine's name
 * @param certificate a PEM file with its certificate and those between it and the authority; null: no STARTTLS
 * @param privateKey a PEM file with the certificate's key (PKCS #8, not encrypted); null exactly if {@code certificate} is
 * @param connections how many are open at once, the rest is asked to come back; 1–500, 20 by default
 * @param mailBytesMax a bigger mail is refused; 64 KiB – 100 MiB, 20 MiB by default. Of what is taken, only the beginning is looked
 *     at ({@link MailFiles#MAIL_BYTES_MAX})
 * @param silence how long a client may say nothing; 5 s – 10 min, 1 min by default
 * @param lifetime how long a connection may last in all; 30 s – 1 h, 10 min by default
 */
public record ReceiverSettings(
        String host,
        int port,
        String name,
        Path certificate,
        Path privateKey,
        int connections,
        int mailBytesMax,
        Duration silence,
        Duration lifetime) {

    public ReceiverSettings {
        require(port >= 0 && port <= 65_535, "port", port, "0–65535");
        require((certificate == null) == (privateKey == null), "private-key", privateKey, "one beside the certificate");
        require(connections >= 1 && connections <= 500, "connections", connections, "1–500");
        require(
                mailBytesMax >= 64 << 10 && mailBytesMax <= 100 << 20,
                "mail-bytes",
                mailBytesMax,
                (64 << 10) + "–" + (100 << 20));
        require(within(silence, Duration.ofSeconds(5), Duration.ofMinutes(10)), "silence", silence, "5 s – 10 min");
        require(within(lifetime, Duration.ofSeconds(30), Duration.ofHours(1)), "lifetime", lifetime, "30 s – 1 h");
    }

    private static boolean within(Duration value, Duration min, Duration max) {
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }

    private static void require(boolean holds, String setting, Object found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " is " + found + "; expected " + expected);
        }
    }

    /** On loopback, without TLS. */
    public static ReceiverSettings defaults(int port) {
        return new ReceiverSettings(
                "127.0.0.1", port, null, null, null, 20, 20 << 20, Duration.ofMinutes(1), Duration.ofMinutes(10));
    }
}
