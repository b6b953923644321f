package dev.rooster.inbox;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second connection to an IMAP mailbox on which the server says when mail comes (IDLE, RFC 2177), so that it is taken
 * within seconds. It takes nothing itself: it only wakes the collection, which goes on in its own rhythm all the same. So whatever
 * happens here (no IDLE at the server, a broken connection, a second node that watches too) costs time and no mail.
 *
 * <p>One thread, {@code rooster-mailbox-NAME}, until {@link #close}.
 */
public final class WatchMailbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchMailbox.class);

    /** RFC 2177 §3 asks for 29 minutes at most; many routers forget a silent connection after ten. */
    private static final Duration IDLE_MAX = Duration.ofMinutes(9);

    private static final Duration WAIT_FIRST = Duration.ofSeconds(5);
    private static final Duration WAIT_MAX = Duration.ofMinutes(5);
    /** A connection that held this long was a good one; the next failure begins with the shortest wait. */
    private static final Duration GOOD = Duration.ofMinutes(1);

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final MailboxConnection connection;
    private final Runnable onMail;
    private final RandomGenerator random;
    private final Duration idleMax;
    private final Duration waitFirst;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Store open;

    /** @param onMail called when mail came, or may have come; returns at once */
    public WatchMailbox(MailboxConnection connection, Runnable onMail, RandomGenerator random) {
        this(connection, onMail, random, IDLE_MAX, WAIT_FIRST);
    }

    WatchMailbox(
            MailboxConnection connection,
            Runnable onMail,
            RandomGenerator random,
            Duration idleMax,
            Duration waitFirst) {
        this.connection = connection;
        this.onMail = onMail;
        this.random = random;
        this.idleMax = idleMax;
        this.waitFirst = waitFirst;
        this.thread =
                new Thread(this::run, "rooster-mailbox-" + connection.settings().name());
        this.thread.setDaemon(true);
    }

    /** Begins to watch; returns at once. */
    public void start() {
        thread.start();
    }

    private void run() {
        Duration wait = waitFirst;
        while (!isClosed()) {
            long began = System.nanoTime();
            String why;
            try {
                if (!watch()) {
                    LOG.info(
                            "The mailbox {} offers no IDLE; it is looked at every {} minutes",
                            connection.settings().name(),
                            connection.settings().every().toMinutes());
                    return;
                }
                why = "the server ended it";
            } catch (MailboxUnavailable e) {
                why = e.getMessage();
            } catch (MessagingException e) {
                why = connection.unavailable(e).getMessage();
            } catch (RuntimeException e) {
                why = e.toString();
            }
            wait = System.nanoTime() - began >= GOOD.toNanos() ? waitFirst : wait;
            if (!isClosed()) {
                LOG.info(
                        "The mailbox {} can't be watched for now and is watched again by itself; it is collected in its"
                                + " rhythm: {}",
                        connection.settings().name(),
                        why);
                await(wait);
                wait = wait.multipliedBy(2).compareTo(WAIT_MAX) < 0 ? wait.multipliedBy(2) : WAIT_MAX;
            }
        }
    }

    /** Watches until the connection breaks or this is closed; false: the server has no IDLE. */
    private boolean watch() throws MailboxUnavailable, MessagingException {
        try (Store store = connection.open()) {
            open = store;
            if (!(store instanceof IMAPStore imap) || !imap.hasCapability("IDLE")) {
                return false;
            }
            IMAPFolder folder =
                    (IMAPFolder) store.getFolder(connection.settings().folder());
            folder.open(Folder.READ_ONLY);
            folder.addMessageCountListener(new MessageCountAdapter() {
                @Override
                public void messagesAdded(MessageCountEvent event) {
                    onMail.run();
                }
            });
            if (folder.getMessageCount() > 0) {
                onMail.run(); // what came while nobody watched
            }
            idle(folder);
            return true;
        } finally {
            open = null;
        }
    }

    private void idle(IMAPFolder folder) throws MessagingException {
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread tick = new Thread(work, thread.getName() + "-tick");
            tick.setDaemon(true);
            return tick;
        });
        try {
            // Any other command ends IDLE, and then it is begun again. It also finds out that the connection is dead,
            // which
            // silence alone does not tell: the library takes time-outs during IDLE for what they are.
            ticker.scheduleWithFixedDelay(
                    () -> interrupt(folder), idleMax.toMillis(), idleMax.toMillis(), TimeUnit.MILLISECONDS);
            while (!isClosed() && folder.isOpen()) {
                folder.idle(true);
            }
        } finally {
            ticker.shutdownNow();
        }
    }

    private static void interrupt(IMAPFolder folder) {
        try {
            folder.getMessageCount();
        } catch (MessagingException | RuntimeException e) {
            // The connection is gone: the thread that idles is told the same, and connects again.
            LOG.debug("IDLE could not be renewed: {}", e.toString());
        }
    }

    /** Not all at the same moment, when a server comes back. */
    private void await(Duration wait) {
        long millis = (long) (wait.toMillis() * (0.75 + random.nextDouble() / 2));
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Ends the connection and waits a few seconds for the thread. */
    @Override
    public void close() {
        closed.countDown();
        Store store = open;
        if (store != null) {
            try {
                store.close();
            } catch (MessagingException | RuntimeException e) {
                LOG.debug("A watched mailbox was not closed in order: {}", e.toString());
            }
        }
        thread.interrupt();
        try {
            thread.join(CLOSE_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
