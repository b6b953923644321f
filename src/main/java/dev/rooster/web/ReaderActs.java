package dev.rooster.web;

import dev.rooster.db.Database;
import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.notice.Notice;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.GrantOutcome;
import dev.rooster.subscriber.NewSubscriber;
import dev.rooster.subscriber.RefusalScope;
import dev.rooster.subscriber.RequestOutcome;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscribing;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What readers do on the pages: each a transaction that changes the subscription and puts in the notice that the law asks for
 * (Network Act of Korea §50(7)). Thread-safe.
 */
final class ReaderActs {
    private final Database database;
    private final Subscribing subscribing;
    private final Notices notices;
    private final Runnable wakeNotices;

    /** @param wakeNotices called after a notice was committed, so that nobody waits for the next look at the outbox */
    ReaderActs(Database database, Subscribing subscribing, Notices notices, Runnable wakeNotices) {
        this.database = database;
        this.subscribing = subscribing;
        this.notices = notices;
        this.wakeNotices = wakeNotices;
    }

    /** Someone typed an address into the form. Nobody learns from outside what became of it. */
    void request(Newsletter newsletter, NewSubscriber person, Language language, Evidence evidence) {
        database.jdbi().useTransaction(handle -> {
            RequestOutcome outcome = subscribing.request(handle, newsletter.id(), person, evidence);
            if (outcome instanceof RequestOutcome.ToBeConfirmed waiting) {
                notices.askToConfirm(waiting.subscriber().address(), newsletter, language, handle);
            } else if (outcome instanceof RequestOutcome.AlreadyActive active) {
                String day = "day " + evidence.at().toString().substring(0, 10);
                notices.enqueue(
                        NoticeKind.ALREADY,
                        active.subscriber().address(),
                        day,
                        newsletter.id(),
                        language,
                        Map.of(),
                        handle);
            }
        });
        wakeNotices.run();
    }

    /** The owner pressed the button of a confirmation mail. */
    GrantOutcome confirm(Newsletter newsletter, Subscriber reader, Notice asked, Language language, Evidence evidence) {
        GrantOutcome outcome = database.jdbi().inTransaction(handle -> {
            if (!notices.answer(handle, asked)) {
                return new GrantOutcome.AlreadyActive(reader); // another press of the same button was faster
            }
            return grant(handle, newsletter, reader, language, evidence);
        });
        wakeNotices.run();
        return outcome;
    }

    /** The owner ticked a newsletter on the page of their own link. */
    GrantOutcome subscribe(Newsletter newsletter, Subscriber reader, Language language, Evidence evidence) {
        GrantOutcome outcome =
                database.jdbi().inTransaction(handle -> grant(handle, newsletter, reader, language, evidence));
        wakeNotices.run();
        return outcome;
    }

    private GrantOutcome grant(
            Handle handle, Newsletter newsletter, Subscriber reader, Language language, Evidence evidence) {
        GrantOutcome outcome = subscribing.confirm(handle, newsletter.id(), reader.id(), evidence);
        if (outcome instanceof GrantOutcome.Granted) {
            notices.withdraw(handle, reader.address(), NoticeKind.REFUSAL, newsletter.id());
            enqueue(NoticeKind.WELCOME, handle, reader, newsletter.id(), language, evidence);
        }
        return outcome;
    }

    /** Unsubscribed means now. Safe to repeat. */
    void refuse(NewsletterId newsletter, Subscriber reader, RefusalScope scope, Language language, Evidence evidence) {
        boolean changed = database.jdbi().inTransaction(handle -> {
            if (!subscribing.refuse(handle, newsletter, reader.id(), evidence, scope)) {
                return false;
            }
            notices.withdraw(handle, reader.address(), NoticeKind.WELCOME, newsletter);
            enqueue(NoticeKind.REFUSAL, handle, reader, newsletter, language, evidence);
            return true;
        });
        if (changed) {
            wakeNotices.run();
        }
    }

    /** A refusal by a link whose person, or whose newsletter, this database does not know. */
    void refuseUnknown(long newsletterPublicId, long readerPublicId, Evidence evidence) {
        database.jdbi()
                .useTransaction(
                        handle -> subscribing.refuseUnknown(handle, newsletterPublicId, readerPublicId, evidence.at()));
    }

    /** Takes a refusal back. What the outbox has not yet said about it need not be said. */
    boolean undo(NewsletterId newsletter, Subscriber reader, Language language, Evidence evidence) {
        boolean changed = database.jdbi().inTransaction(handle -> {
            if (!subscribing.undo(handle, newsletter, reader.id(), evidence)) {
                return false;
            }
            if (!notices.withdraw(handle, reader.address(), NoticeKind.REFUSAL, newsletter)) {
                enqueue(NoticeKind.WELCOME, handle, reader, newsletter, language, evidence);
            }
            return true;
        });
        if (changed) {
            wakeNotices.run();
        }
        return changed;
    }

    void erase(Subscriber reader, Evidence evidence) {
        database.jdbi().useTransaction(handle -> {
            subscribing.erase(handle, reader.id(), evidence);
            notices.forget(handle, reader.address());
        });
    }

    private void enqueue(
            NoticeKind kind,
            Handle handle,
            Subscriber reader,
            NewsletterId newsletter,
            Language language,
            Evidence evidence) {
        String cause = newsletter.value() + " " + evidence.at();
        notices.enqueue(kind, reader.address(), cause, newsletter, language, Map.of(), handle);
    }
}
