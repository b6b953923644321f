package dev.rooster.delivery;

import dev.rooster.db.Database;
import dev.rooster.issue.IssueId;
import dev.rooster.language.Messages;
import dev.rooster.mail.DkimKey;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Sends one copy of an issue to one address, as a reader would get it, without a ledger row: nothing of the issue changes, and
 * its links change nothing. Thread-safe.
 */
public final class TestSend {
    private final Database database;
    private final IssueContent content;
    private final SampleCopies copies;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random tells the Message-IDs of test copies apart */
    public TestSend(
            Database database, IssueContent content, SampleCopies copies, InstantSource clock, RandomGenerator random) {
        this.database = database;
        this.content = content;
        this.copies = copies;
        this.clock = clock;
        this.random = random;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** The relay took it. @param reply its words */
        record Accepted(SmtpReply reply) implements Outcome {}

        /** The relay said no. @param at the step it refused */
        record Refused(String at, SmtpReply reply) implements Outcome {}

        /** No connection, or it was lost. @param mayHaveLeft true when the relay may have it all the same */
        record Lost(String why, boolean mayHaveLeft) implements Outcome {}

        /** There is nothing to send. */
        record NotSendable(IssueContent.Answer content) implements Outcome {}
    }

    /**
     * Sends.
     *
     * @param name what to greet the reader with; null: as if it were unknown
     * @param dkim what to sign with; empty: no signature
     */
    public Outcome send(
            Newsletter newsletter,
            IssueId issue,
            EmailAddress to,
            String name,
            RelayPool relay,
            Optional<DkimKey> dkim) {
        IssueContent.Answer answer =
                database.jdbi().withHandle(handle -> content.find(handle, newsletter, issue, Optional.empty()));
        if (!(answer instanceof IssueContent.Answer.Ready ready)) {
            return new Outcome.NotSendable(answer);
        }
        NewsletterSettings settings = newsletter.settings();
        SampleCopy copy = copies.make(
                newsletter,
                issue,
                ready,
                Messages.of(TestSend.class, settings.language()).text("test-send.subject", ready.subject()),
                to,
                name,
                clock.instant(),
                random.nextLong(1, Long.MAX_VALUE),
                dkim);
        MessageBuffer message = new MessageBuffer();
        copy.write(message);
        Envelope envelope = new Envelope(settings.from().text(), to, null, to.needsSmtpUtf8(), message.length());
        return DeliverOne.deliver(relay, envelope, message, () -> true).orElseThrow();
    }
}
