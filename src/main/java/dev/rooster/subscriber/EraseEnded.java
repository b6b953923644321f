package dev.rooster.subscriber;

import dev.rooster.db.Database;
import dev.rooster.db.JdbiAudit;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Erases people some time after they left (Personal Information Protection Act of Korea §21, §37): the address, the name, the evidence
 * of consent, the words of relays about them. What stays is the keyed hash of the address with the refusals in force, so that an
 * import can't bring them back and a link in an old mail still works; the ledger keeps rows that name nobody. Who comes back by
 * a confirmation of their own is welcome: that lifts the refusal of the newsletter, as ever.
 *
 * <p>Safe to run at any time and on several nodes: each person is looked at again under a lock.
 */
public final class EraseEnded {
    private static final int BATCH = 500;
    /** In one run; the rest waits for the next. */
    private static final int BATCHES_MAX = 400;

    private final Database database;
    private final Subscribing subscribing;
    private final JdbiEndedPeople ended = new JdbiEndedPeople();

    public EraseEnded(Database database, Subscribing subscribing) {
        this.database = database;
        this.subscribing = subscribing;
    }

    /**
     * What a run did, or would do.
     *
     * @param people erased
     * @param addresses forgotten that stood in suppressions of people who are no subscribers
     */
    public record Outcome(long people, long addresses) {
        public boolean nothing() {
            return people == 0 && addresses == 0;
        }
    }

    /** How many a run would erase. Changes nothing. */
    public Outcome count(Instant before) {
        return database.jdbi()
                .withHandle(handle -> new Outcome(ended.count(handle, before), ended.countLeftover(handle, before)));
    }

    /**
     * Erases those who left before an instant, at most 200,000 in one run.
     *
     * @param actor as in the audit
     * @param progress told how many were erased so far
     */
    public Outcome run(Instant before, Instant now, String actor, LongConsumer progress) {
        long people = 0;
        long last = 0;
        for (int batch = 0; batch < BATCHES_MAX; batch++) {
            long after = last;
            List<SubscriberId> found = database.jdbi().withHandle(handle -> ended.find(handle, before, after, BATCH));
            if (found.isEmpty()) {
                break;
            }
            people += database.jdbi().inTransaction(handle -> {
                long erased = found.stream()
                        .filter(id -> subscribing.forget(handle, id, before))
                        .count();
                audit(handle, now, actor, erased + " people who left before " + before);
                return erased;
            });
            progress.accept(people);
            last = found.get(found.size() - 1).value();
        }
        long addresses = database.jdbi().inTransaction(handle -> {
            long forgotten = ended.forgetLeftover(handle, before);
            if (forgotten > 0) {
                audit(handle, now, actor, forgotten + " addresses of suppressions from before " + before);
            }
            return forgotten;
        });
        return new Outcome(people, addresses);
    }

    private static void audit(Handle handle, Instant now, String actor, String detail) {
        new JdbiAudit().record(handle, now, actor, "subscriber erase", detail);
    }
}
