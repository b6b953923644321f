package dev.rooster.delivery;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Where one walk of claims through an edition stands: that of all providers that flow, or that of one set aside. */
final class ClaimRun {
    /** Whose rows it takes; null: everybody's but those set aside. */
    final String only;

    private final Set<String> aside = new HashSet<>();
    long cursor;
    boolean freshLeft;
    boolean taking;
    /** When to look for due rows next; null: none is known. */
    Instant nextLook;

    /** @param from rows up to this seq are at hand or settled */
    ClaimRun(String only, long from, boolean freshLeft, Instant nextLook) {
        this.only = only;
        this.cursor = from;
        this.freshLeft = freshLeft;
        this.nextLook = nextLook;
    }

    /** Rows of this provider are left alone from now on. Not while a claim is under way, whose cursor has passed none. */
    void setAside(String provider) {
        aside.add(provider);
    }

    ClaimScope scope() {
        return only == null ? ClaimScope.allBut(aside) : ClaimScope.only(only);
    }

    void look(Instant at) {
        if (at != null && (nextLook == null || at.isBefore(nextLook))) {
            nextLook = at;
        }
    }

    boolean lookDue(Instant now) {
        return nextLook != null && !nextLook.isAfter(now);
    }

    /** True when rows may be there to take, and no claim is under way. */
    boolean mayTake(Instant now) {
        return !taking && (freshLeft || lookDue(now));
    }

    /** Begins anew from the first row. */
    void restart(Instant now) {
        cursor = 0;
        freshLeft = true;
        look(now);
    }

    void took(Claim claim, Instant now) {
        cursor = Math.max(cursor, claim.cursor());
        freshLeft = claim.freshLeft();
        if (lookDue(now)) {
            nextLook = null;
        }
        look(claim.nextDue());
    }

    /** True when nothing it could take is left, as far as is known. */
    boolean exhausted() {
        return !taking && !freshLeft && nextLook == null;
    }
}
