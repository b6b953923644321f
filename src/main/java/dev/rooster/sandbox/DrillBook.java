package dev.rooster.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the drill's relay took after the final dot, for each recipient: how many copies, and whether all had one Message-ID. It
 * knows nothing of the ledger, and outlives every process that is killed. Thread-safe.
 */
public final class DrillBook {
    private static final Pattern MESSAGE_ID =
            Pattern.compile("^Message-ID:\\s*(<[^>]+>)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final int COPIES_PER_MARK = 100;

    private final List<Long> markNanos = new ArrayList<>();
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    private final AtomicLong copies = new AtomicLong();
    private final AtomicLong unsaid = new AtomicLong();

    /**
     * One recipient.
     *
     * @param messageId of the first copy; "" if it had none
     * @param oneMessageId whether all copies had that one
     */
    public record Entry(int copies, String messageId, boolean oneMessageId) {
        private Entry and(Entry next) {
            return new Entry(copies + 1, messageId, oneMessageId && messageId.equals(next.messageId));
        }
    }

    void took(PeerMessage message) {
        String header = new String(message.octets(), StandardCharsets.ISO_8859_1);
        Matcher matcher = MESSAGE_ID.matcher(header);
        Entry entry = new Entry(1, matcher.find() ? matcher.group(1) : "", true);
        entries.merge(key(message.rcpt()), entry, Entry::and);
        long all = copies.incrementAndGet();
        synchronized (this) {
            if (all % COPIES_PER_MARK == 0) {
                markNanos.add(System.nanoTime());
            }
            if (all >= awaited) {
                notifyAll();
            }
        }
    }

    /** A further try for a recipient begins; returns its number, from 1. */
    int tried(String recipient) {
        return tries.computeIfAbsent(key(recipient), who -> new AtomicInteger()).incrementAndGet();
    }

    int tries(String recipient) {
        AtomicInteger count = tries.get(key(recipient));
        return count == null ? 0 : count.get();
    }

    /** A message was taken, and the client will not hear of it. */
    void leftUnsaid() {
        unsaid.incrementAndGet();
    }

    /** How many copies were taken so far. */
    public long copies() {
        return copies.get();
    }

    /** Copies whose acceptance the relay kept to itself: each of them can be a duplicate without any kill. */
    public long unsaid() {
        return unsaid.get();
    }

    /** Copies a second, without the first and the last tenth; 0 when too few were taken to tell. */
    public synchronized double rate() {
        int from = markNanos.size() / 10;
        int to = markNanos.size() - 1 - from;
        return to <= from ? 0 : (to - from) * COPIES_PER_MARK * 1e9 / (markNanos.get(to) - markNanos.get(from));
    }

    /** What was taken for a recipient; null: nothing. */
    public Entry of(String recipient) {
        return entries.get(key(recipient));
    }

    /** Everybody for whom something was taken. */
    public int recipients() {
        return entries.size();
    }

    private long awaited = Long.MAX_VALUE;

    /**
     * Waits until so many copies were taken, for a moment at most.
     *
     * @return whether they were
     */
    public synchronized boolean awaitCopies(long number, long millisMax) throws InterruptedException {
        awaited = number;
        long end = System.nanoTime() + millisMax * 1_000_000;
        long left = millisMax;
        while (copies.get() < number && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        awaited = Long.MAX_VALUE;
        return copies.get() >= number;
    }

    private static String key(String recipient) {
        return recipient.toLowerCase(Locale.ROOT);
    }
}
