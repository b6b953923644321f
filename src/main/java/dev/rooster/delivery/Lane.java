package dev.rooster.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongPredicate;

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

    /** By seq, as the pace lets them go: one that comes back must not stand behind one that waits. */
    private final TreeMap<Long, Held> fresh = new TreeMap<>();

    private final Deque<Held> again = new ArrayDeque<>();

    Lane(String provider, ClaimRun claims) {
        this.provider = provider;
        this.claims = claims;
    }

    void addLast(ClaimedDelivery row, long order) {
        if (row.fresh()) {
            fresh.put(row.key().seq(), new Held(order, row));
        } else {
            again.addLast(new Held(order, row));
        }
    }

    void addFirst(ClaimedDelivery row, long order) {
        if (row.fresh()) {
            fresh.put(row.key().seq(), new Held(order, row));
        } else {
            again.addFirst(new Held(order, row));
        }
    }

    int size() {
        return fresh.size() + again.size();
    }

    /** How many rows may go. @param released whether the first try of a seq may; then all lower ones may */
    int ready(LongPredicate released) {
        if (fresh.isEmpty() || released.test(fresh.lastKey())) {
            return size();
        }
        int rows = again.size();
        for (long seq : fresh.keySet()) {
            if (!released.test(seq)) {
                return rows;
            }
            rows++;
        }
        return rows;
    }

    /** The seq of the first try that goes first; there is one. */
    long firstFresh() {
        return fresh.firstKey();
    }

    boolean hasFresh() {
        return !fresh.isEmpty();
    }

    /** The order of the row that would come out; Long.MAX_VALUE: none. */
    long first(boolean freshToo) {
        long first = again.isEmpty() ? Long.MAX_VALUE : again.peekFirst().order();
        return freshToo && !fresh.isEmpty()
                ? Math.min(first, fresh.firstEntry().getValue().order())
                : first;
    }

    ClaimedDelivery poll(boolean freshToo) {
        boolean takeFresh = freshToo
                && !fresh.isEmpty()
                && (again.isEmpty()
                        || fresh.firstEntry().getValue().order()
                                < again.peekFirst().order());
        return takeFresh
                ? fresh.pollFirstEntry().getValue().row()
                : again.pollFirst().row();
    }

    List<ClaimedDelivery> drain() {
        List<ClaimedDelivery> all = new ArrayList<>(size());
        again.forEach(held -> all.add(held.row()));
        fresh.values().forEach(held -> all.add(held.row()));
        again.clear();
        fresh.clear();
        return all;
    }
}
