package dev.rooster.cli;

import dev.rooster.inbox.CollectMailbox;
import dev.rooster.inbox.Collected;
import dev.rooster.inbox.MailTaker;
import dev.rooster.inbox.MailboxConnection;
import dev.rooster.inbox.MailboxSettings;
import dev.rooster.inbox.MailboxUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects one mailbox into the records of bounces. Thread-safe; there is one for each mailbox. */
final class CollectBounces {
    private static final Logger LOG = LoggerFactory.getLogger(CollectBounces.class);

    private final App app;
    private final MailboxSettings mailbox;
    private final MailboxConnection connection;
    private final MailTaker taker;

    CollectBounces(App app, MailboxSettings mailbox, MailTaker taker) {
        this.app = app;
        this.mailbox = mailbox;
        this.connection = new MailboxConnection(mailbox, app.clock());
        this.taker = taker;
    }

    /** How the mailbox is reached; keeps what a next connection can use. */
    MailboxConnection connection() {
        return connection;
    }

    /** Collects now, one collection at a time; what could not be taken stays in the mailbox. */
    synchronized Collected collect() throws MailboxUnavailable {
        CollectMailbox collector =
                new CollectMailbox(connection, app.delivering().mailForPeople());
        return collector.collect(taker);
    }

    /** Collects, and says in the log when the mailbox can't be read: the next time it is tried again. */
    void runDue() {
        try {
            Collected collected = collect();
            if (collected.failed() > 0) {
                LOG.warn(
                        "{} mails of the mailbox {} could not be taken; they stay there and are tried again",
                        collected.failed(),
                        mailbox.name());
            }
        } catch (MailboxUnavailable e) {
            LOG.warn("The mailbox {} can't be read and is tried again by itself: {}", mailbox.name(), e.getMessage());
        }
    }
}
