package dev.rooster.bounce;

import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.SubscriberId;

/**
 * A row of the ledger that a report is about.
 *
 * @param address the subscriber's, as it is now
 */
public record ReportedDelivery(
        long edition, long seq, SubscriberId subscriber, NewsletterId newsletter, String address) {}
