package dev.rooster.config;

import dev.rooster.inbox.MailboxLogin;
import dev.rooster.inbox.MailboxSettings;
import java.nio.file.Path;
import java.time.Duration;

/** One mailbox below {@code mailboxes:}. */
final class MailboxSection {
    private MailboxSection() {}

    /** The mailbox; null when host, user or password is missing, which is noted as a fault. */
    static MailboxSettings read(Section section, String name, Path home) {
        try (section) {
            MailboxSettings defaults = MailboxSettings.defaults(name, "localhost", "user", "password");
            MailboxSettings.Protocol protocol =
                    section.choice("protocol", MailboxSettings.Protocol.class, defaults.protocol());
            MailboxSettings.Tls tls = section.choice("tls", MailboxSettings.Tls.class, defaults.tls());
            String host = section.text("host");
            int port = section.number("port", protocol.usualPort(tls), 1, 65_535);
            String certificates = section.text("trusted-certificates");
            String username = section.text("username");
            MailboxLogin login = LoginSection.mailbox(section, home);
            String folder = section.text("folder", defaults.folder());
            String people = section.text("people-folder", defaults.peopleFolder());
            Duration every = section.duration("every", defaults.every(), Duration.ofMinutes(1), Duration.ofDays(1));
            int mailsMax = section.number("mails-max", defaults.mailsMax(), 1, 100_000);
            boolean idle = section.flag("idle", defaults.idle());
            if (host == null || username == null) {
                section.missing(host == null ? "host" : "username", "host, username");
                return null;
            }
            if (login == null) {
                return null; // noted as a fault already
            }
            if (protocol == MailboxSettings.Protocol.POP3 && !folder.equalsIgnoreCase("INBOX")) {
                section.fault("folder", "bad-value", folder, "INBOX (POP3)");
                return null;
            }
            if (folder.equals(people)) {
                section.fault("people-folder", "bad-value", people, "≠ folder");
                return null;
            }
            return new MailboxSettings(
                    name,
                    protocol,
                    host,
                    port,
                    tls,
                    certificates == null ? null : home.resolve(certificates),
                    username,
                    login,
                    folder,
                    people,
                    every,
                    idle,
                    mailsMax);
        }
    }
}
