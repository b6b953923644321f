package dev.rooster.delivery;

import java.util.List;

/**
 * What a node asks of a rate that all nodes share.
 *
 * @param limits all that hold for it
 * @param wanted messages it wants to send in the next second or so; may be 0 when some are given back
 * @param returned messages that were granted before and not sent; given back to what is counted by the hour or the day
 */
record RateAsk(RateKey key, List<RateLimit> limits, int wanted, long returned) {}
