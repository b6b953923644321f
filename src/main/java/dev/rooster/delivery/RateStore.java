package dev.rooster.delivery;

import java.util.List;

/**
 * The rates that all nodes of an installation share, kept across restarts. A failure of the database comes out as an unchecked
 * exception; nothing was granted then. Thread-safe.
 */
public interface RateStore {
    /** Answers each of what is asked, in any order, all or nothing. What was granted and is not used is lost, but for what is returned. */
    List<RateGrant> reserve(List<RateAsk> asks);
}
