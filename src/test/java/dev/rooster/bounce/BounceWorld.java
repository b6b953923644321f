package dev.rooster.bounce;

import dev.rooster.db.Database;
import dev.rooster.delivery.EditionId;
import dev.rooster.delivery.EditionListener;
import dev.rooster.delivery.JdbiEditions;
import dev.rooster.delivery.PauseReason;
import dev.rooster.delivery.StopRules;
import dev.rooster.delivery.StopSending;
import dev.rooster.delivery.StopSettings;
import dev.rooster.delivery.StopWorld;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsletterRows;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.event.MailEvent;
import dev.rooster.mail.event.Provider;
import dev.rooster.mail.event.ReadEvents;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.NoticeSettings;
import dev.rooster.notice.Notices;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.NewSubscriber;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.SubscriberId;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.token.KeyRing;
import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A newsletter with readers and editions, and mails that come back about them. */
final class BounceWorld implements AutoCloseable {
    final SettableClock clock = SettableClock.at("2026-10-06T22:00:00Z");
    final Database database;
    final NewsletterId newsletter;
    final Tokens tokens;
    final Subscribing subscribing;
    final Notices notices;
    final List<String> told = new ArrayList<>();
    final List<PauseReason> pauses = new ArrayList<>();
    final List<String> providerPauses = new ArrayList<>();
    final TakeReturnedMail take;
    final TakeEvents events;
    final RecordRefusals refusals;
    final JdbiBounces bounces = new JdbiBounces();

    BounceWorld(Databases.Kind kind) {
        Path folder = Databases.temporaryFolder();
        database = Databases.open(kind);
        newsletter = NewsletterRows.insert(database, "weekly", 11);
        KeyRing keys = KeyRing.create(folder.resolve("keys"), new SecureRandom());
        tokens = keys.tokens();
        subscribing = new Subscribing(keys.addressHash(), new RefusalLog(folder), clock);
        notices = new Notices(
                keys.addressHash(), NoticeSettings.defaults(), database.dialect(), clock, new SecureRandom());
        BounceListener listener = new BounceListener() {
            @Override
            public void refusedByMail(
                    org.jdbi.v3.core.Handle handle, NewsletterId which, SubscriberId subscriber, Instant at) {
                told.add("refused " + subscriber.value());
            }

            @Override
            public void unread(org.jdbi.v3.core.Handle handle, long mails, long unread, Instant at) {
                told.add("unread " + unread + " of " + mails);
            }

            @Override
            public void askedToStop(org.jdbi.v3.core.Handle handle, StopRequest request, long today) {
                told.add("asked " + today);
            }
        };
        JdbiEditions editions = new JdbiEditions(List.of(new EditionListener() {
            @Override
            public void finished(org.jdbi.v3.core.Handle handle, EditionId edition, NewsletterId which, Instant at) {}

            @Override
            public void paused(
                    org.jdbi.v3.core.Handle handle,
                    EditionId edition,
                    NewsletterId which,
                    PauseReason reason,
                    Instant at) {
                pauses.add(reason);
            }

            @Override
            public void providerPaused(
                    org.jdbi.v3.core.Handle handle,
                    EditionId edition,
                    NewsletterId which,
                    String provider,
                    PauseReason reason,
                    Instant at) {
                providerPauses.add(provider + " " + reason.kind());
            }
        }));
        List<BounceListener> listeners =
                List.of(listener, new StopOnReports(new StopSending(new StopRules(StopSettings.defaults()), editions)));
        take = new TakeReturnedMail(tokens, subscribing, BounceSettings.defaults(), listeners, new SecureRandom());
        events = new TakeEvents(tokens, subscribing, BounceSettings.defaults(), listeners);
        refusals = new RecordRefusals(subscribing, BounceSettings.defaults(), listeners);
    }

    Subscriber reader(String address) {
        return database.jdbi().inTransaction(handle -> {
            subscribing.grant(
                    handle,
                    newsletter,
                    NewSubscriber.of(EmailAddress.of(address)),
                    Evidence.of(clock.instant(), ConsentMethod.IMPORT, "test"));
            return subscribing.find(handle, EmailAddress.of(address)).orElseThrow();
        });
    }

    /** A confirmation that the relay took, to somebody who asked for the newsletter and is pending; its public id. */
    long confirmation(String address) {
        return database.jdbi().inTransaction(handle -> {
            EmailAddress person = EmailAddress.of(address);
            subscribing.request(
                    handle,
                    newsletter,
                    NewSubscriber.of(person),
                    Evidence.of(clock.instant(), ConsentMethod.FORM, "test"));
            notices.enqueue(NoticeKind.CONFIRMATION, person, "test", newsletter, Language.KO, Map.of(), handle);
            handle.execute("update notice set state = 'accepted'");
            return handle.createQuery("select public_id from notice where recipient = :to")
                    .bind("to", address)
                    .mapTo(Long.class)
                    .one();
        });
    }

    /** An edition begun now whose deliveries are all in this state; its public id is 1000 + its id. */
    long edition(String state, Subscriber... readers) {
        return database.jdbi().inTransaction(handle -> {
            long issue = handle.createUpdate("""
                            insert into issue (newsletter_id, title, subject, state, source_name, source, source_hash,
                              created_at, updated_at)
                            values (:newsletter, 't', 's', 'sending', 'f.md', 'x', 'h', :now, :now)
                            """)
                    .bind("newsletter", newsletter.value())
                    .bind("now", clock.instant())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            long edition = handle.createUpdate("""
                            insert into edition (public_id, issue_id, newsletter_id, state, version, epoch, candidates,
                              recipients, created_at, ready_at, expires_at)
                            values (:public, :issue, :newsletter, 'sending', 1, 1, :count, :count, :now, :now, :now)
                            """)
                    .bind("public", 1000 + issue)
                    .bind("issue", issue)
                    .bind("newsletter", newsletter.value())
                    .bind("count", readers.length)
                    .bind("now", clock.instant())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            for (int i = 0; i < readers.length; i++) {
                handle.execute("""
                        insert into delivery (edition_id, seq, subscriber_id, version, provider, state, updated_at)
                        values (?, ?, ?, 1, 'other', ?, ?)
                        """, edition, i + 1, readers[i].id().value(), state, clock.instant());
            }
            return edition;
        });
    }

    String verp(long edition, Subscriber reader) {
        return "b+" + tokens.seal(Purpose.VERP, 0, publicId(edition), reader.publicId()) + "@bounce.example.com";
    }

    /** The envelope sender of a marked copy that an operator sent to one person. */
    String verpOfResentCopy(long edition, Subscriber reader, long publicId) {
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("""
                        insert into resent_copy (public_id, edition_id, version, subscriber_id, at, state, relay)
                        values (?, ?, 1, ?, ?, 'accepted', 'default')
                        """, publicId, edition, reader.id().value(), clock.instant()));
        return "b+" + tokens.seal(Purpose.VERP, 0, publicId, reader.publicId()) + "@bounce.example.com";
    }

    /** An address whose token was altered. */
    static String forged(String genuine) {
        char other = genuine.charAt(20) == 'a' ? 'b' : 'a';
        return genuine.substring(0, 20) + other + genuine.substring(21);
    }

    String messageId(long edition, Subscriber reader) {
        return "<" + tokens.seal(Purpose.MESSAGE_ID, 0, publicId(edition), reader.publicId()) + "@example.com>";
    }

    private long publicId(long edition) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select public_id from edition where id = :id")
                        .bind("id", edition)
                        .mapTo(Long.class)
                        .one());
    }

    TakenMail take(String mail) {
        return database.jdbi()
                .inTransaction(handle -> take.take(
                        handle, mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), "test", clock.instant()));
    }

    /** What a provider posted, as proven. */
    TakenEvents take(Provider provider, String json) {
        List<MailEvent> told = ReadEvents.of(provider, json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .events();
        return database.jdbi().inTransaction(handle -> events.take(handle, provider, told, clock.instant()));
    }

    /** A report as Postfix writes it. */
    static String report(String to, String rcpt, String action, String status, String diagnostic) {
        return report(to, rcpt, action, status, diagnostic, "");
    }

    static String report(
            String to, String rcpt, String action, String status, String diagnostic, String returnedHeaders) {
        return """
                Return-Path: <>
                Date: Wed, 7 Oct 2026 07:01:00 +0900
                From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
                Subject: Undelivered Mail Returned to Sender
                To: %s
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b1"
                Message-ID: <%s@mx.example.net>

                --b1
                Content-Type: text/plain

                This is the mail system at host mx.example.net.
                <%s>: %s

                --b1
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.net

                Final-Recipient: rfc822; %s
                Action: %s
                Status: %s
                Diagnostic-Code: smtp; %s

                --b1
                Content-Type: text/rfc822-headers

                From: News <news@example.com>
                Subject: s
                %s
                --b1--
                """.formatted(
                        to,
                        Integer.toHexString((to + rcpt + action + status + returnedHeaders).hashCode()),
                        rcpt,
                        diagnostic,
                        rcpt,
                        action,
                        status,
                        diagnostic,
                        returnedHeaders);
    }

    String arrival(long edition, long seq) {
        return column("arrival", edition, seq);
    }

    String state(long edition, long seq) {
        return column("state", edition, seq);
    }

    /** An operator lets everything go on. */
    void resume(long edition) {
        database.jdbi().useTransaction(handle -> StopWorld.resume(handle, new EditionId(edition), clock.instant()));
    }

    /** So many addresses of a provider were refused by the relay itself. */
    void hardAtOnce(long edition, String provider, int addresses) {
        database.jdbi().useTransaction(handle -> StopWorld.hard(handle, new EditionId(edition), provider, addresses));
    }

    String column(String name, long edition, long seq) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select " + name + " from delivery where edition_id = :e and seq = :s")
                        .bind("e", edition)
                        .bind("s", seq)
                        .mapTo(String.class)
                        .one());
    }

    /** The state of the subscription and the reason of the suppression, "-" for none. */
    String standing(Subscriber reader) {
        return database.jdbi().withHandle(handle -> {
            String state = handle.createQuery("select state from subscription where subscriber_id = :id")
                    .bind("id", reader.id().value())
                    .mapTo(String.class)
                    .one();
            String reason = handle.createQuery("select reason from suppression where address_hash = :hash")
                    .bind("hash", reader.addressHash())
                    .mapTo(String.class)
                    .findOne()
                    .orElse("-");
            return state + " " + reason;
        });
    }

    long rows() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from bounce")
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public void close() {
        database.close();
    }
}
