package dev.rooster.delivery;

import java.time.Instant;

/**
 * What the stop rules know of one mailbox provider in an edition. Numbers begin anew when a provider or the edition is resumed.
 *
 * @param provider the word of the provider
 * @param recipients deliveries of the edition there
 * @param answered deliveries the relay took or refused for good; may lag a second behind
 * @param hard hard bounces, whether at once or by a later report
 * @param faults refusals because of us, whether at once or by a later report
 * @param words the last of them; null when there is none
 * @param pausedAt since when nothing leaves for this provider; null: it may
 * @param pauseReason why; null unless paused
 */
public record ProviderTally(
        String provider,
        long recipients,
        long answered,
        long hard,
        long faults,
        long complaints,
        String words,
        Instant pausedAt,
        String pauseReason) {

    public boolean paused() {
        return pausedAt != null;
    }
}
