package dev.rooster.delivery;

import dev.rooster.db.Database;
import dev.rooster.db.JdbiInstallation;
import dev.rooster.issue.IssueId;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.SmtpReply;
import dev.rooster.token.AddressHash;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Sends one person the newest version of an issue once more, marked as such, with a Message-ID of its own. The ledger stays as it
 * is: the copy is written down beside it, before its body leaves, and is in no sum. Thread-safe.
 */
public final class ResendCopy {
    private final Database database;
    private final JdbiEditions editions;
    private final JdbiResentCopies rows = new JdbiResentCopies();
    private final JdbiInstallation installation = new JdbiInstallation();
    private final EditionCopies copies;
    private final AddressHash hashes;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random unpredictable: a copy's public id is named in its tokens */
    public ResendCopy(
            Database database,
            JdbiEditions editions,
            EditionCopies copies,
            AddressHash hashes,
            InstantSource clock,
            RandomGenerator random) {
        this.database = database;
        this.editions = editions;
        this.copies = copies;
        this.hashes = hashes;
        this.clock = clock;
        this.random = random;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** It was handed to the relay, or tried. @param result what the relay said */
        record Tried(int version, TestSend.Outcome result) implements Outcome {}

        /** The issue was never started. */
        record NoEdition() implements Outcome {}

        /** Nothing of it may leave: it is being prepared, is paused or was cancelled. */
        record NotNow(Edition edition) implements Outcome {}

        /** The installation is held. */
        record Held(String reason) implements Outcome {}

        /** The newsletter knows nobody with this address. */
        record Nobody() implements Outcome {}

        /** The person unsubscribed, was never confirmed, or is suppressed. */
        record Unmailable(DeliveryReason reason) implements Outcome {}

        /** The person gets their own copy yet. */
        record InTurn(DeliveryState state) implements Outcome {}

        /** The person subscribed after the issue had begun. */
        record NoRecipient() implements Outcome {}
    }

    /**
     * Sends.
     *
     * @param anyway also to somebody who is not in the audience, or whose own copy is still to come
     */
    public Outcome send(IssueId issue, EmailAddress to, boolean anyway, RelayPool relay) {
        Optional<Edition> edition = database.jdbi().withHandle(handle -> editions.findByIssue(handle, issue));
        if (edition.isEmpty()) {
            return new Outcome.NoEdition();
        }
        Optional<String> held = database.jdbi().withHandle(installation::heldReason);
        if (held.isPresent()) {
            return new Outcome.Held(held.get());
        }
        if (edition.get().state() != EditionState.SENDING && edition.get().state() != EditionState.FINISHED) {
            return new Outcome.NotNow(edition.get());
        }
        Optional<JdbiResentCopies.Candidate> found =
                database.jdbi().withHandle(handle -> rows.find(handle, edition.get(), to, hashes));
        if (found.isEmpty()) {
            return new Outcome.Nobody();
        }
        JdbiResentCopies.Candidate person = found.get();
        if (person.unmailable() != null) {
            return new Outcome.Unmailable(person.unmailable());
        }
        if (!anyway && person.delivery() == null) {
            return new Outcome.NoRecipient();
        }
        if (!anyway && person.inTurn()) {
            return new Outcome.InTurn(person.delivery());
        }
        return deliver(edition.get(), person.recipient(), relay);
    }

    private Outcome deliver(Edition edition, Recipient recipient, RelayPool relay) {
        long publicId = random.nextLong(1, Long.MAX_VALUE);
        EditionCopies.Marked mail = copies.marked(edition, recipient, publicId, clock.instant());
        boolean[] begun = new boolean[1];
        Optional<TestSend.Outcome> result = DeliverOne.deliver(relay, mail.envelope(), mail.message(), () -> {
            begun[0] = database.jdbi()
                    .inTransaction(handle -> rows.begin(
                            handle, edition, recipient, publicId, relay.relay().name(), clock.instant()));
            return begun[0];
        });
        if (result.isEmpty()) {
            return new Outcome.Unmailable(DeliveryReason.UNSUBSCRIBED); // in the moment since it was asked
        }
        if (begun[0]) {
            database.jdbi().useTransaction(handle -> end(handle, publicId, result.get()));
        }
        return new Outcome.Tried(edition.version(), result.get());
    }

    private void end(org.jdbi.v3.core.Handle handle, long publicId, TestSend.Outcome result) {
        if (result instanceof TestSend.Outcome.Accepted accepted) {
            rows.end(
                    handle,
                    publicId,
                    "accepted",
                    accepted.reply(),
                    accepted.reply().toString());
        } else if (result instanceof TestSend.Outcome.Refused refused) {
            SmtpReply reply = refused.reply();
            rows.end(handle, publicId, "refused", reply, reply.toString());
        } else if (result instanceof TestSend.Outcome.Lost lost) {
            rows.end(handle, publicId, lost.mayHaveLeft() ? "uncertain" : "refused", null, lost.why());
        }
    }
}
