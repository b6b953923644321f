package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What surrounds a ledger in its contract: editions and people to put in, and rows to look at. */
interface LedgerWorld extends AutoCloseable {
    /** A ledger as the node of this name sees it. */
    Ledger ledger(String owner);

    /** An edition in state sending with an audience of so many subscribed people. */
    SendingEdition edition(int recipients, Instant expiresAt);

    default SendingEdition edition(int recipients) {
        return edition(recipients, Instant.parse("2026-12-03T00:00:00Z"));
    }

    /** Says whose mailbox a recipient has; before the first claim. */
    void provider(EditionId edition, long seq, String provider);

    /** Gives an edition that just became ready at this moment a pace, and a canary of three. */
    void pace(EditionId edition, Duration pace, Instant readyAt);

    void unsubscribe(EditionId edition, long seq);

    void suppress(EditionId edition, long seq);

    void erase(EditionId edition, long seq);

    void setState(EditionId edition, EditionState state);

    /** An operator mends the issue: the edition has one more version. */
    void amend(EditionId edition);

    void hold(boolean held);

    /** Lets nothing leave for a mailbox provider, or lets it go on. */
    void pause(EditionId edition, String provider, boolean paused);

    /** Another machine takes over; those that ran before belong to an older epoch. */
    void renewEpoch();

    /** An operator resumes an edition after that. */
    void takeOver(EditionId edition);

    /** What nodes have written down beside the database comes into it, as when the next process opens it. */
    default void settle() {}

    /** Makes the lease of a node run out, on the clock that judges leases. */
    void expireLease(String owner);

    Row row(EditionId edition, long seq);

    EditionState state(EditionId edition);

    /** Outcomes the listeners heard, in order. */
    List<String> heard();

    @Override
    void close();

    /** A row as it lies in the ledger. */
    record Row(
            DeliveryState state,
            DeliveryReason reason,
            String owner,
            int attempts,
            int uncertainCount,
            Instant nextAttempt,
            String reply,
            int version) {}

    NewsletterId NEWSLETTER = new NewsletterId(1);
    Duration LEASE = Duration.ofSeconds(30);
    CanarySettings CANARY = new CanarySettings(10, 3, Duration.ofSeconds(5), Duration.ofSeconds(10));
}
