package dev.rooster.bounce;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.Verdict;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.suppression.SuppressionReason;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What follows from a proven record. Dead address: never mailed again. Complaint: the same, for good. Full or unreachable:
 * counted by issue. Our fault: the subscriber is spared. Whoever listens hears of what may be a reason to stop the edition.
 */
final class BouncePolicy {
    private static final int WORDS_MAX = 300;

    private final Subscribing subscribing;
    private final BounceSettings settings;
    private final List<BounceListener> listeners;
    private final NoticePolicy ofNotices;
    private final JdbiReportedDeliveries deliveries = new JdbiReportedDeliveries();
    private final JdbiBounces bounces = new JdbiBounces();

    BouncePolicy(Subscribing subscribing, BounceSettings settings, List<BounceListener> listeners) {
        this.subscribing = subscribing;
        this.settings = settings;
        this.ofNotices = new NoticePolicy(subscribing);
        this.listeners = List.copyOf(listeners);
    }

    /** @param record written already, with its delivery or notice, from a proven source */
    Acted apply(Handle handle, Bounce record) {
        if (record.notice() != null) {
            return ofNotices.apply(handle, record);
        }
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
            deliveries.note(handle, record.delivery(), Arrival.RETURNED, record.arrivalSource(), record.receivedAt());
        }
        tell(handle, record);
        return switch (record.verdict()) {
            case HARD -> giveUp(handle, record, SuppressionReason.HARD_BOUNCE);
            case SOFT -> countSoft(handle, record);
            case SENDER_FAULT -> Acted.SPARED;
            case NONE -> Acted.NOTED;
        };
    }

    private Acted complained(Handle handle, Bounce record) {
        deliveries.note(handle, record.delivery(), Arrival.ARRIVED, record.arrivalSource(), record.receivedAt());
        if (bounces.isFirst(handle, record)) {
            listeners.forEach(listener -> listener.complained(handle, record.delivery(), record.receivedAt()));
        }
        subscribing.complain(handle, record.delivery().subscriber(), record.receivedAt(), record.source());
        return Acted.SUPPRESSED;
    }

    private Acted noted(Handle handle, Bounce record, Arrival arrival) {
        boolean changed =
                deliveries.note(handle, record.delivery(), arrival, record.arrivalSource(), record.receivedAt());
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

    /** What relays refuse at once is heard of by those who listen to outcomes. */
    private void tell(Handle handle, Bounce record) {
        boolean counts = record.verdict() == Verdict.HARD
                || record.verdict() == Verdict.SENDER_FAULT && record.category() != Category.RATE;
        if (!counts || record.matchedBy() == MatchedBy.SMTP || !bounces.isFirst(handle, record)) {
            return;
        }
        if (record.verdict() == Verdict.HARD) {
            listeners.forEach(listener -> listener.bouncedHard(handle, record.delivery(), record.receivedAt()));
            return;
        }
        String all = record.diagnostic() == null ? record.category().name() : record.diagnostic();
        String words = all.length() <= WORDS_MAX ? all : all.substring(0, WORDS_MAX);
        listeners.forEach(listener -> listener.refusedUs(handle, record.delivery(), words, record.receivedAt()));
    }
}
