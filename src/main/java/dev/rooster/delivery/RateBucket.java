package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What this node may still send of one rate: messages that may go now, and granted ones whose time is to come. */
final class RateBucket {
    /** A granted stretch of the time line, what is left of it. */
    private static final class Stretch {
        private Instant next;
        private final Duration interval;
        private int left;

        Stretch(Instant next, Duration interval, int left) {
            this.next = next;
            this.interval = interval;
            this.left = left;
        }

        int due(Instant now) {
            if (now.isBefore(next)) {
                return 0;
            }
            long due = interval.isZero() ? left : Duration.between(next, now).toNanos() / interval.toNanos() + 1;
            int taken = (int) Math.min(left, due);
            left -= taken;
            next = next.plus(interval.multipliedBy(taken));
            return taken;
        }
    }

    private static final Duration LEAD = Duration.ofMillis(500);
    private static final Duration SLICE = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final int COUNTED_SLICE_MAX = 500;

    final RateKey key;
    private final List<RateLimit> limits;
    private final WarmUp warmUp;
    private final boolean counted;
    private final boolean spread;
    private final int slice;
    private final int saved;
    private final Deque<Stretch> stretches = new ArrayDeque<>();
    private int now;
    private int later;
    private long returned;
    private boolean asking;
    private Instant askAt = Instant.MIN;
    private Instant wantedAt = Instant.MIN;

    /** @param warmUp null: none */
    RateBucket(RateKey key, List<RateLimit> limits, WarmUp warmUp) {
        this.key = key;
        this.limits = List.copyOf(limits);
        this.warmUp = warmUp;
        this.counted = warmUp != null
                || limits.stream().anyMatch(limit -> !limit.period().spread());
        Duration interval = RateGrant.interval(limits).orElse(Duration.ZERO);
        this.spread = !interval.isZero();
        this.slice = spread ? perStretch(SLICE, interval) : countedSlice();
        this.saved = spread ? perStretch(RateGrant.BURST, interval) : Integer.MAX_VALUE;
    }

    private static int perStretch(Duration stretch, Duration interval) {
        return (int) Math.max(1, stretch.toNanos() / interval.toNanos());
    }

    private int countedSlice() {
        long least = limits.stream().mapToLong(RateLimit::messages).min().orElseGet(() -> warmUp.first());
        return (int) Math.max(1, Math.min(COUNTED_SLICE_MAX, least / 20));
    }

    /** Messages that may go at this moment. What is not used within a fifth of a second is lost. */
    int room(Instant at) {
        while (!stretches.isEmpty()) {
            int due = stretches.peekFirst().due(at);
            now += due;
            later -= due;
            if (stretches.peekFirst().left > 0) {
                break;
            }
            stretches.removeFirst();
        }
        if (now > saved) {
            returned += now - saved;
            now = saved;
        }
        return now;
    }

    /** Messages this node may still send, now or soon. */
    int pending() {
        return now + later;
    }

    void take() {
        now--;
    }

    /** What is to be asked for now; null: nothing. @param rows that wait for this rate */
    RateAsk ask(int rows, Instant at) {
        room(at);
        if (rows > 0) {
            wantedAt = at;
        } else if (counted && !at.isBefore(wantedAt.plus(IDLE))) {
            giveBack();
        }
        if (asking) {
            return null;
        }
        int wanted = at.isBefore(askAt) || lead(at).compareTo(LEAD) > 0 ? 0 : Math.min(slice, rows - pending());
        long back = counted && (wanted > 0 || rows == 0) ? returned : 0;
        if (wanted <= 0 && back == 0) {
            return null;
        }
        asking = true;
        returned = 0;
        return new RateAsk(key, limits(at), Math.max(0, wanted), back);
    }

    private List<RateLimit> limits(Instant at) {
        RateLimit today = warmUp == null ? null : warmUp.limit(at);
        if (today == null) {
            return limits;
        }
        List<RateLimit> all = new ArrayList<>(limits);
        all.add(today);
        return all;
    }

    /** Lets go of all that is left: nobody here will send it. */
    void giveBack() {
        returned += pending();
        stretches.clear();
        now = 0;
        later = 0;
    }

    private Duration lead(Instant at) {
        Stretch last = stretches.peekLast();
        return last == null
                ? Duration.ZERO
                : Duration.between(at, last.next.plus(last.interval.multipliedBy(last.left)));
    }

    void granted(RateGrant grant, Instant at) {
        asking = false;
        askAt = at.plus(grant.askIn());
        if (grant.messages() > 0) {
            stretches.addLast(new Stretch(at.plus(grant.startsIn()), grant.interval(), grant.messages()));
            later += grant.messages();
        }
    }

    /** Nothing was granted, as far as is known. What was to be returned is lost: it may have been. */
    void failed(Instant at) {
        asking = false;
        askAt = at.plus(ASK_AGAIN);
    }

    /** When something changes here without an event, for rows that wait; null: only an event changes it. */
    Instant changesAt(Instant at) {
        if (room(at) > 0) {
            return null;
        }
        if (!stretches.isEmpty()) {
            return stretches.peekFirst().next;
        }
        return asking || !askAt.isAfter(at) ? null : askAt;
    }

    boolean counted() {
        return counted;
    }
}
