package dev.rooster.delivery;

import java.util.Set;

/**
 * Whose rows a claim takes. Rows of a provider that must wait are left where they are, and the cursor passes them by; they have
 * a claim of their own with a cursor of its own. So a slow provider fills up nobody's hands.
 *
 * @param only this mailbox provider; null: all of them
 * @param except but not these; empty when {@code only} is set
 */
public record ClaimScope(String only, Set<String> except) {
    /** Everybody. */
    public static final ClaimScope ALL = new ClaimScope(null, Set.of());

    public ClaimScope {
        except = Set.copyOf(except);
    }

    static ClaimScope only(String provider) {
        return new ClaimScope(provider, Set.of());
    }

    static ClaimScope allBut(Set<String> providers) {
        return new ClaimScope(null, providers);
    }

    /** Whether rows of this provider are taken. */
    public boolean takes(String provider) {
        return only == null ? !except.contains(provider) : only.equals(provider);
    }
}
