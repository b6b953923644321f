package dev.rooster.cli;

import dev.rooster.inbox.CollectMailbox;
import dev.rooster.inbox.Collected;
import dev.rooster.inbox.MailTaker;
import dev.rooster.inbox.MailboxConnection;
import dev.rooster.inbox.MailboxExplanation;
import dev.rooster.inbox.MailboxSettings;
import dev.rooster.inbox.MailboxUnavailable;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.notice.NoticeKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects one mailbox into the records of bounces. Thread-safe; there is one for each mailbox. */
final class CollectBounces {
    private static final Logger LOG = LoggerFactory.getLogger(CollectBounces.class);

    /** Servers restart, and networks have bad minutes. */
    private static final Duration TELL_AFTER = Duration.ofHours(1);

    private final App app;
    private final MailboxSettings mailbox;
    private final MailboxConnection connection;
    private final MailTaker taker;
    /** Since when every collection of this process failed; null: the last one did not. */
    private volatile Instant unreadableSince;

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
        CollectMailbox collector = new CollectMailbox(connection, app.mailForPeople());
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
            unreadableSince = null;
        } catch (MailboxUnavailable e) {
            LOG.warn("The mailbox {} can't be read and is tried again by itself: {}", mailbox.name(), e.getMessage());
            Instant now = app.clock().instant();
            unreadableSince = unreadableSince == null ? now : unreadableSince;
            if (!now.isBefore(unreadableSince.plus(TELL_AFTER))) {
                tell(e, now);
            }
        }
    }

    /** Dead addresses stay on the list while nobody reads what comes back, so operators are told, once a day. */
    private void tell(MailboxUnavailable failure, Instant now) {
        app.database().jdbi().useTransaction(handle -> {
            for (Newsletter newsletter : app.newsletters()) {
                Language language = newsletter.settings().language();
                MailboxExplanation explanation = MailboxExplanation.of(mailbox, failure, language);
                Messages messages = Messages.of(MailboxExplanation.class, language);
                LocalDate today = LocalDate.ofInstant(now, newsletter.settings().zone());
                app.notices()
                        .enqueueForOperators(
                                NoticeKind.ALARM,
                                newsletter,
                                "mailbox " + mailbox.name() + " " + today,
                                Map.of(
                                        "subject",
                                        messages.text("mailbox.alarm.subject", mailbox.name()),
                                        "body",
                                        explanation.what() + "\n\n" + explanation.hint() + "\n\n"
                                                + messages.text("mailbox.alarm.since")),
                                handle);
            }
        });
    }
}
