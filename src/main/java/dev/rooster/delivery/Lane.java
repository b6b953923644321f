package dev.rooster.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The rows at hand of one edition for one mailbox provider, in the order they came: first tries, which the pace may hold back,
 * apart from the others, which it may not.
 */
final class Lane {
    /** @param order the lowest one at hand goes first, whatever its lane */
    private record Held(long order, ClaimedDelivery row) {}

    final String provider;
    /** The claims that fill it. */
    ClaimRun claims;

    private final Deque<Held> fresh = new ArrayDeque<>();
    private final Deque<Held> again = new ArrayDeque<>();

    Lane(String provider, ClaimRun claims) {
        this.provider = provider;
        this.claims = claims;
    }

    void addLast(ClaimedDelivery row, long order) {
        of(row).addLast(new Held(order, row));
    }

    void addFirst(ClaimedDelivery row, long order) {
        of(row).addFirst(new Held(order, row));
    }

    private Deque<Held> of(ClaimedDelivery row) {
        return row.fresh() ? fresh : again;
    }

    int size() {
        return fresh.size() + again.size();
    }

    int againSize() {
        return again.size();
    }

    boolean hasFresh() {
        return !fresh.isEmpty();
    }

    /** The order of the row that would come out; Long.MAX_VALUE: none. */
    long first(boolean freshToo) {
        long first = again.isEmpty() ? Long.MAX_VALUE : again.peekFirst().order();
        return freshToo && !fresh.isEmpty() ? Math.min(first, fresh.peekFirst().order()) : first;
    }

    ClaimedDelivery poll(boolean freshToo) {
        boolean takeFresh = freshToo
                && !fresh.isEmpty()
                && (again.isEmpty()
                        || fresh.peekFirst().order() < again.peekFirst().order());
        return (takeFresh ? fresh : again).pollFirst().row();
    }

    List<ClaimedDelivery> drain() {
        List<ClaimedDelivery> all = new ArrayList<>(size());
        again.forEach(held -> all.add(held.row()));
        fresh.forEach(held -> all.add(held.row()));
        again.clear();
        fresh.clear();
        return all;
    }
}
