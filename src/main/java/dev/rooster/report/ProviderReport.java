package dev.rooster.report;

import java.time.Instant;
import java.util.Map;

/**
 * One mailbox provider's share of an edition.
 *
 * @param states rows by state; states without rows are absent
 * @param first when the relay took the first, the median and the last of the accepted ones; null while there is none
 * @param pausedAt since when a stop rule lets nothing leave for this provider; null: it may
 * @param pauseReason why; null unless paused
 */
public record ProviderReport(
        String provider,
        long recipients,
        Map<String, Long> states,
        Instant first,
        Instant median,
        Instant last,
        Instant pausedAt,
        String pauseReason) {

    public long of(String state) {
        return states.getOrDefault(state, 0L);
    }
}
