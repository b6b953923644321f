package dev.rooster.smtp;

import dev.rooster.mail.event.Provider;
import java.nio.file.Path;

/**
 * How to reach one relay, the SMTP server that accepts our mail.
 *
 * @param name the relay's name in the settings; "default" if there is only one
 * @param host a host name or an address; with TLS, the certificate must be issued for exactly this
 * @param port 1–65535; 587 (submission) by default, 465 is usual for {@link Tls#IMPLICIT}
 * @param tls how the connection is protected; {@link Tls#STARTTLS} by default
 * @param trustedCertificates a PEM file with the certificates to trust instead of the Java runtime's, for a relay whose
 *     certificate a private authority issued; null: the runtime's
 * @param login null: no authentication
 * @param helo the name we give in EHLO, a fully qualified one; null: the machine's own, or its address in brackets if it
 *     has no qualified name (RFC 5321 §4.1.4)
 * @param dsn which delivery status notifications are asked for where the relay offers DSN
 * @param provider whose relay it is, so that its events lead to our deliveries; null: one that needs nothing of the kind
 */
public record RelaySettings(
        String name,
        String host,
        int port,
        Tls tls,
        Path trustedCertificates,
        RelayLogin login,
        String helo,
        RelayLimits limits,
        Dsn dsn,
        RelayTimeouts timeouts,
        Provider provider) {

    /** How the connection to a relay is protected. */
    public enum Tls {
        /** Not at all: for relays on this machine or in a trusted network. Passwords then go to loopback only. */
        NONE,
        /** By STARTTLS, before anything else is said; a relay that does not offer it is refused (RFC 8314 §3). */
        STARTTLS,
        /** By TLS from the first byte, usually on port 465 (RFC 8314 §3.3). */
        IMPLICIT
    }

    /** Which notifications are asked for (RFC 3461 §4.1). */
    public enum Dsn {
        /** None: no parameter is sent, and the servers on the way do what they do by themselves. */
        OFF,
        /** Failures and delays, with the headers only. The default. */
        FAILURE,
        /** Successes too: tells which mails reached a mailbox, at the price of one notification for each. */
        SUCCESS
    }

    /** Refuses what cannot work: the message names the setting, what was found and what is expected. */
    public RelaySettings {
        if (!isVisibleAscii(host)) {
            throw new IllegalArgumentException("host is " + host + "; expected a host name or an address");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + "; expected 1–65535");
        }
        if (helo != null && !isVisibleAscii(helo)) {
            throw new IllegalArgumentException("helo is " + helo + "; expected a fully qualified host name");
        }
    }

    private static boolean isVisibleAscii(String text) {
        return text != null && !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** The relay named "default" at this host: STARTTLS on port 587, no login, and the defaults of everything else. */
    public static RelaySettings defaults(String host) {
        return new RelaySettings(
                "default",
                host,
                587,
                Tls.STARTTLS,
                null,
                null,
                null,
                RelayLimits.defaults(),
                Dsn.FAILURE,
                RelayTimeouts.defaults(),
                null);
    }

    public RelaySettings withName(String value) {
        return new RelaySettings(
                value, host, port, tls, trustedCertificates, login, helo, limits, dsn, timeouts, provider);
    }

    public RelaySettings withPort(int value) {
        return new RelaySettings(
                name, host, value, tls, trustedCertificates, login, helo, limits, dsn, timeouts, provider);
    }

    public RelaySettings withTls(Tls value) {
        return new RelaySettings(
                name, host, port, value, trustedCertificates, login, helo, limits, dsn, timeouts, provider);
    }

    public RelaySettings withTrustedCertificates(Path value) {
        return new RelaySettings(name, host, port, tls, value, login, helo, limits, dsn, timeouts, provider);
    }

    public RelaySettings withLogin(RelayLogin value) {
        return new RelaySettings(
                name, host, port, tls, trustedCertificates, value, helo, limits, dsn, timeouts, provider);
    }

    public RelaySettings withHelo(String value) {
        return new RelaySettings(
                name, host, port, tls, trustedCertificates, login, value, limits, dsn, timeouts, provider);
    }

    public RelaySettings withLimits(RelayLimits value) {
        return new RelaySettings(
                name, host, port, tls, trustedCertificates, login, helo, value, dsn, timeouts, provider);
    }

    public RelaySettings withDsn(Dsn value) {
        return new RelaySettings(
                name, host, port, tls, trustedCertificates, login, helo, limits, value, timeouts, provider);
    }

    public RelaySettings withTimeouts(RelayTimeouts value) {
        return new RelaySettings(name, host, port, tls, trustedCertificates, login, helo, limits, dsn, value, provider);
    }

    public RelaySettings withProvider(Provider value) {
        return new RelaySettings(name, host, port, tls, trustedCertificates, login, helo, limits, dsn, timeouts, value);
    }
}
