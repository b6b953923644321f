package dev.rooster.bounce;

import dev.rooster.mail.dsn.Verdict;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.suppression.SuppressionReason;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What follows from a proven record. Dead address: never mailed again. Complaint: the same, for good. Full or unreachable:
 * counted by issue. Our fault: the subscriber is spared, and if there are many, somebody is told.
 */
final class BouncePolicy {
    private static final int EXAMPLE_MAX = 300;

    private final Subscribing subscribing;
    private final BounceSettings settings;
    private final List<BounceListener> listeners;
    private final JdbiReportedDeliveries deliveries = new JdbiReportedDeliveries();
    private final JdbiBounces bounces = new JdbiBounces();

    BouncePolicy(Subscribing subscribing, BounceSettings settings, List<BounceListener> listeners) {
        this.subscribing = subscribing;
        this.settings = settings;
        this.listeners = List.copyOf(listeners);
    }

    /** @param record written already, with its delivery, from a proven source */
    Acted apply(Handle handle, Bounce record) {
        return switch (record.kind()) {
            case BOUNCE -> bounced(handle, record);
            case COMPLAINT -> complained(handle, record);
            case DELAYED -> noted(handle, record, Arrival.DELAYED);
            case AUTOREPLY, ARRIVED -> noted(handle, record, Arrival.ARRIVED);
            case OTHER -> Acted.NONE;
        };
    }

    private Acted bounced(Handle handle, Bounce record) {
        if (record.matchedBy() != MatchedBy.SMTP) {
            deliveries.note(handle, record.delivery(), Arrival.RETURNED, arrivalSource(record), record.receivedAt());
        }
        return switch (record.verdict()) {
            case HARD -> giveUp(handle, record, SuppressionReason.HARD_BOUNCE);
            case SOFT -> countSoft(handle, record);
            case SENDER_FAULT -> spare(handle, record);
            case NONE -> Acted.NOTED;
        };
    }

    private Acted complained(Handle handle, Bounce record) {
        deliveries.note(handle, record.delivery(), Arrival.ARRIVED, arrivalSource(record), record.receivedAt());
        subscribing.complain(handle, record.delivery().subscriber(), record.receivedAt(), record.source());
        return Acted.SUPPRESSED;
    }

    private Acted noted(Handle handle, Bounce record, Arrival arrival) {
        boolean changed =
                deliveries.note(handle, record.delivery(), arrival, arrivalSource(record), record.receivedAt());
        return changed ? Acted.NOTED : Acted.NONE;
    }

    private Acted giveUp(Handle handle, Bounce record, SuppressionReason reason) {
        subscribing.bounce(handle, record.delivery().subscriber(), reason, record.receivedAt(), record.source());
        return Acted.SUPPRESSED;
    }

    private Acted countSoft(Handle handle, Bounce record) {
        ReportedDelivery delivery = record.delivery();
        List<PastIssue> history = deliveries.history(handle, delivery.newsletter(), delivery.subscriber());
        return SoftStreak.isOver(history, delivery.edition(), settings, record.receivedAt())
                ? giveUp(handle, record, SuppressionReason.SOFT_BOUNCES)
                : Acted.COUNTED;
    }

    private Acted spare(Handle handle, Bounce record) {
        // The record itself is not yet marked as spared, so it is counted by hand.
        long faults = bounces.countFaults(handle, record.delivery().edition()) + 1;
        if (record.matchedBy() != MatchedBy.SMTP
                && record.verdict() == Verdict.SENDER_FAULT
                && faults >= settings.faultsMin()
                && faults
                        >= settings.faultShare()
                                * deliveries.countAccepted(
                                        handle, record.delivery().edition())) {
            String words = record.diagnostic() == null ? record.category().name() : record.diagnostic();
            String example = words.length() <= EXAMPLE_MAX ? words : words.substring(0, EXAMPLE_MAX);
            listeners.forEach(listener -> listener.senderRefused(
                    handle,
                    record.delivery().edition(),
                    record.delivery().newsletter(),
                    faults,
                    example,
                    record.receivedAt()));
        }
        return Acted.SPARED;
    }

    private static String arrivalSource(Bounce record) {
        return record.kind() == BounceKind.BOUNCE ? "bounce" : record.kind().word();
    }
}
