package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterSettings;
import java.time.Duration;

/**
 * How deliveries are tried.
 *
 * @param uncertain what becomes of messages lost after the final dot
 * @param retryFirst wait after the first refusal for now, at least 5 minutes: greylisting asks for it (RFC 6647 §4.2). Less,
 *     from 1 second, is for relays on this machine
 * @param retryMax the longest wait between two tries
 * @param stopGrace how long a stop waits for replies on the wire
 * @param lease how long a node that stopped breathing keeps its rows
 * @param claimBatch rows taken at a time, 1 to 5,000
 * @param senderFaultsMax refusals in a row because of the sender that pause an edition
 * @param awaitDisk with the embedded database: each body waits until the disk has what is known, so that a loss of power
 *     forgets no more than the death of the process
 */
public record DeliverySettings(
        UncertainPolicy uncertain,
        Duration retryFirst,
        Duration retryMax,
        Duration stopGrace,
        Duration lease,
        int claimBatch,
        int senderFaultsMax,
        boolean awaitDisk) {

    public static final Duration RETRY_FIRST_MIN = Duration.ofMinutes(5);
    /** For trials with relays on this machine. */
    public static final Duration RETRY_FIRST_TRIAL_MIN = Duration.ofSeconds(1);
    /** No edition is tried for longer, whatever its newsletter says: news ages. */
    public static final Duration EXPIRY_MAX = Duration.ofHours(72);

    /** How long after a release a newsletter's issue is tried. */
    static Duration expiry(NewsletterSettings settings) {
        return settings.expiry().compareTo(EXPIRY_MAX) > 0 ? EXPIRY_MAX : settings.expiry();
    }

    public DeliverySettings {
        require(retryFirst.compareTo(RETRY_FIRST_TRIAL_MIN) >= 0, "retryFirst is at least 1 second");
        require(retryMax.compareTo(retryFirst) >= 0, "retryMax is at least retryFirst");
        require(!stopGrace.isNegative() && stopGrace.toMinutes() < 10, "stopGrace is 0 to 10 minutes");
        require(lease.toSeconds() >= 5 && lease.toMinutes() <= 10, "lease is 5 seconds to 10 minutes");
        require(claimBatch >= 1 && claimBatch <= 5_000, "claimBatch is 1 to 5,000");
        require(senderFaultsMax >= 1, "senderFaultsMax is at least 1");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    public static DeliverySettings defaults() {
        return new DeliverySettings(
                UncertainPolicy.RESEND,
                Duration.ofMinutes(5),
                Duration.ofHours(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(30),
                500,
                5,
                false);
    }

    public DeliverySettings withUncertain(UncertainPolicy policy) {
        return new DeliverySettings(
                policy, retryFirst, retryMax, stopGrace, lease, claimBatch, senderFaultsMax, awaitDisk);
    }

    public DeliverySettings withStopGrace(Duration grace) {
        return new DeliverySettings(
                uncertain, retryFirst, retryMax, grace, lease, claimBatch, senderFaultsMax, awaitDisk);
    }

    public DeliverySettings withClaimBatch(int rows) {
        return new DeliverySettings(
                uncertain, retryFirst, retryMax, stopGrace, lease, rows, senderFaultsMax, awaitDisk);
    }
}
