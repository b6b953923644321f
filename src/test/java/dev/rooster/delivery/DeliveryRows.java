package dev.rooster.delivery;

import dev.rooster.mail.EmailAddress;
import java.util.List;
import java.util.stream.LongStream;

/** Claimed rows as they come from a ledger, each tried for the first time. */
final class DeliveryRows {
    private DeliveryRows() {}

    static List<ClaimedDelivery> fresh(EditionId edition, int rows) {
        return LongStream.rangeClosed(1, rows)
                .mapToObj(seq -> new ClaimedDelivery(
                        new DeliveryKey(edition, seq),
                        1,
                        "other",
                        0,
                        0,
                        new Recipient(
                                seq, seq, EmailAddress.of("r" + seq + "@example.com"), "h" + seq, "R", "en", "{}")))
                .toList();
    }
}
