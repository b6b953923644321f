package dev.rooster.delivery;

import java.time.Instant;
import java.util.Map;

/** What the journal says of one row of the ledger. Entries of a row stand in the order in which they came true. */
sealed interface JournalEntry {
    DeliveryKey key();

    int attempts();

    /** @param attempts of the row when it was begun, without this try */
    record Begun(DeliveryKey key, int attempts, String relay) implements JournalEntry {}

    /**
     * The relay took it.
     *
     * @param attempts of the row when it was begun, without this try
     * @param said its reply as it is kept, code and all
     */
    record Accepted(DeliveryKey key, int attempts, String relay, int replyCode, String said, Instant at)
            implements JournalEntry {}

    /**
     * What became of it is in the ledger itself.
     *
     * @param attempts of the row when it was begun, without this try
     */
    record Settled(DeliveryKey key, int attempts) implements JournalEntry {}

    /** Keeps the rows whose body may be leaving: one more entry has come true. */
    static void follow(Map<DeliveryKey, Begun> leaving, JournalEntry entry) {
        if (entry instanceof Begun begun) {
            leaving.put(begun.key(), begun);
        } else {
            Begun begun = leaving.get(entry.key());
            if (begun != null && begun.attempts() == entry.attempts()) {
                leaving.remove(entry.key());
            }
        }
    }
}
