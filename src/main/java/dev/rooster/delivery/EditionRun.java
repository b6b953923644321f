package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** One edition as the dispatcher sees it: the rows this node holds of it and where its claims stand. */
final class EditionRun {
    final SendingEdition edition;
    final String relay;
    final Deque<ClaimedDelivery> rows = new ArrayDeque<>();
    /** Rows on connections, or in outcomes that are not yet durable. */
    int outside;

    boolean taking;
    boolean checking;
    long cursor;
    boolean freshLeft = true;
    /** When to look for due rows next; null: none is known. */
    Instant nextLook;

    int senderFaults;
    private final Pace pace;

    EditionRun(SendingEdition edition, String relay, Instant now) {
        this.edition = edition;
        this.relay = relay;
        this.pace = new Pace(edition.recipients(), edition.pace(), now);
        this.nextLook = now;
    }

    /** The next row that may be offered now, or null. */
    ClaimedDelivery next(Instant now) {
        ClaimedDelivery first = rows.peekFirst();
        if (first == null || first.fresh() && !pace.take(now)) {
            return null;
        }
        return rows.pollFirst();
    }

    /** When the pace lets the next first try go; null: pace is no reason to wait. */
    Instant paceAt(Instant now) {
        ClaimedDelivery first = rows.peekFirst();
        return first != null && first.fresh() ? pace.nextAt(now) : null;
    }

    void look(Instant at) {
        if (at != null && (nextLook == null || at.isBefore(nextLook))) {
            nextLook = at;
        }
    }

    /** True when rows may be there to take, and few enough are at hand. */
    boolean wantsRows(Instant now, int batch) {
        boolean more = freshLeft || nextLook != null && !nextLook.isAfter(now);
        return more && !taking && !checking && rows.size() <= batch / 2;
    }

    /** A row that was outside is durable, or back. Rows of an earlier opening of this edition may still come in. */
    void came() {
        outside = Math.max(0, outside - 1);
    }

    /** True when this node holds nothing of it and waits for no answer about it. */
    boolean quiet() {
        return rows.isEmpty() && outside == 0 && !taking && !checking;
    }

    /** True when nothing is left to do but to ask the ledger whether this edition is finished. */
    boolean seemsFinished() {
        return quiet() && !freshLeft && nextLook == null;
    }

    /** A bucket that fills with first tries evenly; at most a second's worth is saved up. */
    private static final class Pace {
        private final double perSecond;
        private double saved;
        private Instant filled;

        Pace(long recipients, Duration over, Instant now) {
            this.perSecond = over.isZero() ? 0 : (double) recipients / over.toSeconds();
            this.saved = 1;
            this.filled = now;
        }

        boolean take(Instant now) {
            if (perSecond == 0) {
                return true;
            }
            fill(now);
            if (saved < 1) {
                return false;
            }
            saved -= 1;
            return true;
        }

        Instant nextAt(Instant now) {
            if (perSecond == 0) {
                return null;
            }
            fill(now);
            return saved >= 1 ? null : now.plusMillis((long) Math.ceil((1 - saved) / perSecond * 1000));
        }

        private void fill(Instant now) {
            double seconds = Duration.between(filled, now).toNanos() / 1e9;
            if (seconds > 0) {
                saved = Math.min(Math.max(1, perSecond), saved + seconds * perSecond);
                filled = now;
            }
        }
    }
}
