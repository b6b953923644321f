package dev.rooster.delivery;

import dev.rooster.delivery.JdbiEditionProviders.Delta;
import dev.rooster.mail.ReplyVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Counts for the stop rules what relays answer. What speaks against us is written with the outcome; what was taken is gathered
 * and written with it, or each second, so that a commit without refusals costs nothing. A process that dies forgets at most
 * a second's acceptances: the rules then fire rather early than late. Thread-safe.
 */
public final class CountOutcomes implements OutcomeListener {
    private static final Duration WRITE_EVERY = Duration.ofSeconds(1);

    private final StopSending stop;
    private final Map<Key, Delta> gathered = new TreeMap<>();
    private Instant written = Instant.MIN;

    public CountOutcomes(StopSending stop) {
        this.stop = stop;
    }

    /** In this order rows are written, so that two nodes never wait for each other. */
    private record Key(long edition, String provider) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byEdition = Long.compare(edition, other.edition);
            return byEdition != 0 ? byEdition : provider.compareTo(other.provider);
        }
    }

    @Override
    public synchronized void recorded(Handle handle, List<RecordedOutcome> outcomes) {
        boolean bad = false;
        Instant now = outcomes.get(0).at();
        Map<Key, Delta> added = new TreeMap<>();
        for (RecordedOutcome recorded : outcomes) {
            Delta delta = delta(recorded.outcome());
            if (delta != null) {
                Key key = new Key(
                        recorded.outcome().key().edition().value(),
                        recorded.outcome().delivery().provider());
                gathered.merge(key, delta, Delta::plus);
                added.merge(key, delta, Delta::plus);
                bad |= delta.bad();
            }
        }
        Map<Key, Delta> all = new TreeMap<>();
        handle.afterRollback(() -> takeBack(added, all));
        if (bad || written.equals(Instant.MIN) || !written.plus(WRITE_EVERY).isAfter(now)) {
            written = now;
            all.putAll(gathered);
            gathered.clear();
            all.forEach((key, delta) -> stop.count(handle, new EditionId(key.edition()), key.provider(), delta, now));
        }
    }

    /** The outcomes come again. What was gathered before them is written with the next ones. */
    private synchronized void takeBack(Map<Key, Delta> added, Map<Key, Delta> unwritten) {
        unwritten.forEach((key, delta) -> gathered.merge(key, delta, Delta::plus));
        added.forEach((key, delta) -> gathered.merge(key, delta, Delta::minus));
        if (!unwritten.isEmpty()) {
            written = Instant.MIN;
        }
    }

    /** What counts of an outcome; null: nothing. Expired rows were counted when they were refused. */
    static Delta delta(Outcome outcome) {
        boolean fault =
                outcome.verdict() != null && outcome.verdict().disposition() == ReplyVerdict.Disposition.PAUSE_SENDER;
        return switch (outcome.state()) {
            case ACCEPTED -> Delta.ANSWERED;
            case REJECTED ->
                outcome.verdict() == null
                        ? null
                        : new Delta(
                                1, outcome.verdict().hard() ? 1 : 0, fault ? 1 : 0, 0, fault ? outcome.said() : null);
            case DEFERRED -> fault ? new Delta(0, 0, 1, 0, outcome.said()) : null;
            case QUEUED, CLAIMED, SENDING, EXPIRED, SKIPPED, UNCERTAIN -> null;
        };
    }
}
