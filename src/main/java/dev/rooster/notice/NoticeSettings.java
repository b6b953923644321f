package dev.rooster.notice;

import dev.rooster.mail.EmailAddress;
import java.time.Duration;

/**
 * How single mails are sent.
 *
 * @param from sender of notices, so that a complaint about an issue does not hurt confirmations; null: the newsletter's
 * @param relay name of the relay that carries notices
 * @param confirmWithin how long a confirmation link works
 * @param confirmationsUnansweredMax no further confirmation goes to an address that left so many unanswered
 * @param keepAddresses how long a notice keeps the address and its contents after it is final; then only the keyed hash
 * @param batch how many are claimed at once, 1 to 200
 * @param lease how long a claim holds; longer than the relay's longest timeout
 */
public record NoticeSettings(
        EmailAddress from,
        String relay,
        Duration confirmWithin,
        int confirmationsUnansweredMax,
        Duration keepAddresses,
        int batch,
        Duration lease) {

    public NoticeSettings {
        require(!confirmWithin.isNegative() && !confirmWithin.isZero(), "confirmWithin", confirmWithin);
        require(
                confirmationsUnansweredMax >= 1 && confirmationsUnansweredMax <= 10,
                "confirmationsUnansweredMax",
                confirmationsUnansweredMax);
        require(!keepAddresses.isNegative(), "keepAddresses", keepAddresses);
        require(batch >= 1 && batch <= 200, "batch", batch);
        require(lease.compareTo(Duration.ofMinutes(1)) >= 0, "lease", lease);
    }

    public static NoticeSettings defaults() {
        return new NoticeSettings(
                null, "default", Duration.ofDays(7), 3, Duration.ofDays(30), 20, Duration.ofMinutes(15));
    }

    private static void require(boolean holds, String field, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("notice " + field + " can't be '" + found + "'");
        }
    }
}
