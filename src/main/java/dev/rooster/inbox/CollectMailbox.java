package dev.rooster.inbox;

import dev.rooster.inbox.MailTaker.Fate;
import dev.rooster.inbox.MailboxSettings.Protocol;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderClosedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.StoreClosedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects one mailbox over IMAP or POP3: reads each mail, has it taken, and only then removes it. Killed in between, it finds
 * the mail again, and whoever takes it knows that it was there before. Not thread-safe; one collection at a time.
 */
public final class CollectMailbox {
    private static final Logger LOG = LoggerFactory.getLogger(CollectMailbox.class);
    private static final int FAILURES_IN_A_ROW_MAX = 3;

    private final MailboxSettings settings;
    private final MailboxConnection connection;
    private final MailForPeople withoutFolders;

    /** @param withoutFolders where mail for people goes if the mailbox has no folders (POP3) */
    public CollectMailbox(MailboxConnection connection, MailForPeople withoutFolders) {
        this.settings = connection.settings();
        this.connection = connection;
        this.withoutFolders = withoutFolders;
    }

    /** Takes what is there, oldest first, at most {@link MailboxSettings#mailsMax()}. */
    public Collected collect(MailTaker taker) throws MailboxUnavailable {
        try (Store store = connection.open()) {
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
            throw connection.unavailable(e);
        }
    }

    /** Connects, logs in and opens the folder, for a check; says how many mails are there. */
    public int count() throws MailboxUnavailable {
        try (Store store = connection.open()) {
            Folder folder = store.getFolder(settings.folder());
            folder.open(Folder.READ_ONLY);
            int mails = folder.getMessageCount();
            folder.close(false);
            return mails;
        } catch (MessagingException e) {
            throw connection.unavailable(e);
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
}
