package dev.rooster.inbox;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A mailbox that returned mail is collected from. It should serve nothing else: what is understood is deleted from it.
 *
 * @param name its name in the settings
 * @param host with TLS, the certificate must be issued for exactly this
 * @param port 1–65535; 993 for IMAP and 995 for POP3 by default
 * @param tls how the connection is protected; {@link Tls#IMPLICIT} by default
 * @param trustedCertificates a PEM file with the certificates to trust instead of the Java runtime's; null: the runtime's
 * @param login what is said besides the user's name
 * @param folder where the mail is; INBOX by default, and always with POP3
 * @param peopleFolder where mail goes that a person should read: ordinary mail, reports that nobody understands; made if
 *     it is missing. With POP3, which has no folders, such mail is put into the installation's {@code data/mail-for-people}
 * @param every how often it is collected; 1 min – 1 day, 5 min by default
 * @param idle whether the server is asked to say when mail comes, where it offers IMAP IDLE; true by default
 * @param mailsMax how many mails one collection takes at most, the rest waits for the next; 1–100,000; 2,000 by default
 */
public record MailboxSettings(
        String name,
        Protocol protocol,
        String host,
        int port,
        Tls tls,
        Path trustedCertificates,
        String username,
        MailboxLogin login,
        String folder,
        String peopleFolder,
        Duration every,
        boolean idle,
        int mailsMax) {

    /** How the mailbox is read. */
    public enum Protocol {
        IMAP(993, 143),
        POP3(995, 110);

        private final int implicitPort;
        private final int plainPort;

        Protocol(int implicitPort, int plainPort) {
            this.implicitPort = implicitPort;
            this.plainPort = plainPort;
        }

        public int usualPort(Tls tls) {
            return tls == Tls.IMPLICIT ? implicitPort : plainPort;
        }
    }

    /** How the connection is protected. */
    public enum Tls {
        /** Not at all: for a server on this machine only. */
        NONE,
        STARTTLS,
        IMPLICIT
    }

    public MailboxSettings {
        require(port >= 1 && port <= 65_535, "port", port, "1–65535");
        require(mailsMax >= 1 && mailsMax <= 100_000, "mails-max", mailsMax, "1–100000");
        require(
                every.compareTo(Duration.ofMinutes(1)) >= 0 && every.compareTo(Duration.ofDays(1)) <= 0,
                "every",
                every,
                "1 min – 1 day");
        require(
                protocol == Protocol.IMAP || folder.equalsIgnoreCase("INBOX"),
                "folder",
                folder,
                "INBOX, the only one that POP3 has");
        require(!folder.equals(peopleFolder), "people-folder", peopleFolder, "another folder than the one read");
    }

    private static void require(boolean holds, String setting, Object found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " is " + found + "; expected " + expected);
        }
    }

    /** IMAP over TLS on port 993, and the defaults of everything else. */
    public static MailboxSettings defaults(String name, String host, String username, String password) {
        return new MailboxSettings(
                name,
                Protocol.IMAP,
                host,
                993,
                Tls.IMPLICIT,
                null,
                username,
                new MailboxLogin.Password(password),
                "INBOX",
                "For people",
                Duration.ofMinutes(5),
                true,
                2_000);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "mailbox " + name + " (" + protocol + " " + host + ":" + port + ", tls " + tls + ")";
    }
}
