package dev.rooster.inbox;

import dev.rooster.inbox.MailTaker.Fate;
import dev.rooster.inbox.MailboxSettings.Protocol;
import dev.rooster.inbox.MailboxSettings.Tls;
import dev.rooster.inbox.MailboxUnavailable.Kind;
import dev.rooster.smtp.TrustedCertificates;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.StoreClosedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects one mailbox over IMAP or POP3: reads each mail, has it taken, and only then removes it. Killed in between, it finds
 * the mail again, and whoever takes it knows that it was there before. Not thread-safe; one collection at a time.
 */
public final class CollectMailbox {
    private static final Logger LOG = LoggerFactory.getLogger(CollectMailbox.class);
    private static final int FAILURES_IN_A_ROW_MAX = 3;
    private static final String TIMEOUT_MILLIS = "60000";

    private final MailboxSettings settings;
    private final MailForPeople withoutFolders;

    /** @param withoutFolders where mail for people goes if the mailbox has no folders (POP3) */
    public CollectMailbox(MailboxSettings settings, MailForPeople withoutFolders) {
        this.settings = settings;
        this.withoutFolders = withoutFolders;
    }

    /** Takes what is there, oldest first, at most {@link MailboxSettings#mailsMax()}. */
    public Collected collect(MailTaker taker) throws MailboxUnavailable {
        try (Store store = connect()) {
            Folder folder = store.getFolder(settings.folder());
            Folder people = settings.protocol() == Protocol.IMAP ? folderForPeople(store) : null;
            folder.open(Folder.READ_WRITE);
            try {
                return collect(folder, people, taker);
            } finally {
                if (folder.isOpen()) {
                    folder.close(true);
                }
            }
        } catch (MessagingException e) {
            throw unavailable(e);
        }
    }

    /** Connects, logs in and opens the folder, for a check; says how many mails are there. */
    public int count() throws MailboxUnavailable {
        try (Store store = connect()) {
            Folder folder = store.getFolder(settings.folder());
            folder.open(Folder.READ_ONLY);
            int mails = folder.getMessageCount();
            folder.close(false);
            return mails;
        } catch (MessagingException e) {
            throw unavailable(e);
        }
    }

    private Collected collect(Folder folder, Folder people, MailTaker taker) throws MessagingException {
        int done = 0;
        int forPeople = 0;
        int failed = 0;
        int failedInARow = 0;
        int count = folder.getMessageCount();
        int last = Math.min(count, settings.mailsMax());
        for (int number = 1; number <= last && failedInARow < FAILURES_IN_A_ROW_MAX; number++) {
            Message message = folder.getMessage(number);
            if (message.isSet(Flags.Flag.DELETED)) {
                // Taken by a collection that was killed before it could remove it.
                continue;
            }
            try {
                if (handOver(folder, people, message, taker) == Fate.DONE) {
                    done++;
                } else {
                    forPeople++;
                }
                failedInARow = 0;
            } catch (FolderClosedException | StoreClosedException e) {
                throw e;
            } catch (MessagingException | IOException | RuntimeException e) {
                failed++;
                failedInARow++;
                // It stays in the mailbox, and the next collection tries again.
                LOG.warn(
                        "mailbox {}: mail {} of {} could not be taken: {}",
                        settings.name(),
                        number,
                        count,
                        e.toString());
            }
        }
        return new Collected(done, forPeople, failed, count - last);
    }

    private Fate handOver(Folder folder, Folder people, Message message, MailTaker taker)
            throws MessagingException, IOException {
        byte[] mail = read(message);
        Fate fate = taker.take(mail);
        if (fate == Fate.FOR_PEOPLE) {
            if (people != null) {
                folder.copyMessages(new Message[] {message}, people);
            } else {
                withoutFolders.keep(mail);
            }
        }
        message.setFlag(Flags.Flag.DELETED, true);
        return fate;
    }

    private static byte[] read(Message message) throws MessagingException, IOException {
        FirstOctets octets = new FirstOctets();
        message.writeTo(octets);
        return octets.toByteArray();
    }

    /** Keeps the beginning and lets the rest go. */
    private static final class FirstOctets extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int octet) {
            if (count < MailFiles.MAIL_BYTES_MAX) {
                super.write(octet);
            }
        }

        @Override
        public synchronized void write(byte[] octets, int offset, int length) {
            super.write(octets, offset, Math.min(length, MailFiles.MAIL_BYTES_MAX - count));
        }
    }

    private Folder folderForPeople(Store store) throws MessagingException {
        Folder people = store.getFolder(settings.peopleFolder());
        if (!people.exists() && !people.create(Folder.HOLDS_MESSAGES)) {
            throw new FolderNotFoundException(people, "the folder cannot be made");
        }
        return people;
    }

    private Store connect() throws MailboxUnavailable, MessagingException {
        if (settings.tls() == Tls.NONE && !isLoopback(settings.host())) {
            throw new MailboxUnavailable(Kind.TLS, "a password is never sent in clear, except to this machine");
        }
        Store store = session().getStore(protocol());
        try {
            store.connect(settings.host(), settings.port(), settings.username(), settings.secret());
            return store;
        } catch (MessagingException e) {
            store.close();
            throw e;
        }
    }

    private String protocol() {
        return settings.protocol().name().toLowerCase(Locale.ROOT);
    }

    private Session session() throws MailboxUnavailable {
        String prefix = "mail." + protocol() + ".";
        Properties properties = new Properties();
        properties.put(prefix + "ssl.enable", settings.tls() == Tls.IMPLICIT ? "true" : "false");
        properties.put(prefix + "starttls.required", settings.tls() == Tls.STARTTLS ? "true" : "false");
        properties.put(prefix + "starttls.enable", settings.tls() == Tls.STARTTLS ? "true" : "false");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "connectiontimeout", TIMEOUT_MILLIS);
        properties.put(prefix + "timeout", TIMEOUT_MILLIS);
        properties.put(prefix + "writetimeout", TIMEOUT_MILLIS);
        // Reading must not mark a mail as seen: it may still be one for people.
        properties.put("mail.imap.peek", "true");
        properties.put("mail.imap.fetchsize", "262144");
        properties.put("mail.pop3.filecache.enable", "true");
        if (settings.oauth()) {
            properties.put(prefix + "auth.mechanisms", "XOAUTH2");
        }
        try {
            properties.put(
                    prefix + "ssl.socketFactory", TrustedCertificates.socketFactory(settings.trustedCertificates()));
            properties.put(prefix + "ssl.socketFactory.fallback", "false");
        } catch (IOException e) {
            throw new MailboxUnavailable(Kind.TLS, e.toString());
        }
        return Session.getInstance(properties);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private MailboxUnavailable unavailable(MessagingException e) {
        Throwable root = e;
        boolean tls = false;
        for (Throwable t = e; t != null; t = t.getCause()) {
            tls |= t instanceof SSLException;
            root = t;
        }
        String words = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        words = words.replace(settings.secret(), "***");
        if (e instanceof AuthenticationFailedException) {
            return new MailboxUnavailable(Kind.LOGIN, words);
        }
        if (e instanceof FolderNotFoundException) {
            return new MailboxUnavailable(Kind.FOLDER, words);
        }
        if (tls || words.contains("STARTTLS")) {
            return new MailboxUnavailable(Kind.TLS, words);
        }
        boolean connecting = root instanceof java.net.ConnectException || root instanceof UnknownHostException;
        return new MailboxUnavailable(connecting ? Kind.CONNECT : Kind.BROKEN, words);
    }
}
