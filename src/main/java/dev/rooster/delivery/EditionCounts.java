package dev.rooster.delivery;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the rows of an edition stand.
 *
 * @param byState every state, 0 included
 * @param skipped by reason
 * @param excluded candidates who are no recipients, by reason
 * @param waiting rows that wait for a time of their own: deferred, uncertain and to be resent, or queued again
 * @param uncertainSeen rows that were uncertain at least once, whatever became of them
 */
public record EditionCounts(
        Map<DeliveryState, Long> byState,
        Map<String, Long> skipped,
        Map<String, Long> excluded,
        long waiting,
        long uncertainToResend,
        long uncertainSeen) {

    public EditionCounts {
        Map<DeliveryState, Long> all = new EnumMap<>(DeliveryState.class);
        for (DeliveryState state : DeliveryState.values()) {
            all.put(state, byState.getOrDefault(state, 0L));
        }
        byState = Map.copyOf(all);
        skipped = new TreeMap<>(skipped);
        excluded = new TreeMap<>(excluded);
    }

    public long of(DeliveryState state) {
        return byState.get(state);
    }

    public long rows() {
        return byState.values().stream().mapToLong(Long::longValue).sum();
    }

    public long excludedAll() {
        return excluded.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rows that are not final. */
    public long unfinished() {
        return of(DeliveryState.QUEUED)
                + of(DeliveryState.CLAIMED)
                + of(DeliveryState.SENDING)
                + of(DeliveryState.DEFERRED)
                + uncertainToResend;
    }

    /** Whether the sums of the edition agree with its rows: candidates = recipients + excluded, recipients = rows. */
    public boolean agreesWith(Edition edition) {
        return edition.recipients() == rows() && edition.candidates() == edition.recipients() + excludedAll();
    }
}
