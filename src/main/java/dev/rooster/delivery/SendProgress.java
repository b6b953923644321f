package dev.rooster.delivery;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What this process did for one edition since it took it up. Thread-safe; the numbers are those of commits. */
public final class SendProgress {
    private final Map<DeliveryState, LongAdder> recorded = new EnumMap<>(DeliveryState.class);
    private volatile Instant waitsUntil;
    private volatile boolean closed;
    private volatile boolean paced;

    SendProgress() {
        for (DeliveryState state : DeliveryState.values()) {
            recorded.put(state, new LongAdder());
        }
    }

    void add(DeliveryState state, long rows) {
        recorded.get(state).add(rows);
    }

    void waits(Instant until) {
        waitsUntil = until;
    }

    void paced(boolean held) {
        paced = held;
    }

    void close() {
        closed = true;
    }

    void reopen() {
        closed = false;
        waitsUntil = null;
    }

    /** Tries of this process that ended in this state; a row that is tried twice counts twice. */
    public long recorded(DeliveryState state) {
        return recorded.get(state).sum();
    }

    /** Tries that ended in a state that is final, or will be left to its time. */
    public long recordedAll() {
        return recorded.entrySet().stream()
                .filter(entry -> entry.getKey() != DeliveryState.QUEUED)
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    /** Set while everything left of it waits for a time of its own: when the next one is due. */
    public Instant waitsUntil() {
        return waitsUntil;
    }

    /** True while rows at hand wait for the canary or the pace: nothing is wrong when nothing moves. */
    public boolean paced() {
        return paced;
    }

    /** True when the edition is no longer being sent: finished, paused or cancelled; its row says which. */
    public boolean closed() {
        return closed;
    }
}
