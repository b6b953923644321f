package dev.rooster.bounce;

import dev.rooster.notice.NoticeKind;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.suppression.SuppressionReason;
import dev.rooster.token.AddressHash;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What follows from a proven record about a single mail. A dead address is never mailed again, even one that never confirmed;
 * a complaint ends it for a reader. One mail that does not arrive for now counts for nothing.
 */
final class NoticePolicy {
    private final Subscribing subscribing;
    private final JdbiSubscribers subscribers = new JdbiSubscribers();
    private final JdbiReportedNotices notices = new JdbiReportedNotices();

    NoticePolicy(Subscribing subscribing) {
        this.subscribing = subscribing;
    }

    /** @param record written already, with its notice, from a proven source */
    Acted apply(Handle handle, Bounce record) {
        return switch (record.kind()) {
            case BOUNCE -> bounced(handle, record);
            case COMPLAINT -> complained(handle, record);
            case DELAYED -> note(handle, record, Arrival.DELAYED);
            case AUTOREPLY, ARRIVED -> note(handle, record, Arrival.ARRIVED);
            case OTHER -> Acted.NONE;
        };
    }

    private Acted bounced(Handle handle, Bounce record) {
        note(handle, record, Arrival.RETURNED);
        return switch (record.verdict()) {
            case HARD ->
                person(handle, record.notice())
                        .map(person -> {
                            subscribing.bounce(
                                    handle,
                                    person.id(),
                                    SuppressionReason.HARD_BOUNCE,
                                    record.receivedAt(),
                                    record.source());
                            return Acted.SUPPRESSED;
                        })
                        .orElse(Acted.NOTED);
            case SENDER_FAULT -> Acted.SPARED;
            case SOFT, NONE -> Acted.NOTED;
        };
    }

    private Acted complained(Handle handle, Bounce record) {
        note(handle, record, Arrival.ARRIVED);
        boolean toReader = Arrays.stream(NoticeKind.values())
                .anyMatch(kind ->
                        kind.forReaders() && kind.word().equals(record.notice().kind()));
        Optional<Subscriber> person = toReader ? person(handle, record.notice()) : Optional.empty();
        person.ifPresent(found -> subscribing.complain(handle, found.id(), record.receivedAt(), record.source()));
        return person.isPresent() ? Acted.SUPPRESSED : Acted.NOTED;
    }

    private Acted note(Handle handle, Bounce record, Arrival arrival) {
        boolean changed = notices.note(handle, record.notice(), arrival, record.arrivalSource(), record.receivedAt());
        return changed ? Acted.NOTED : Acted.NONE;
    }

    /** Operators need be no subscribers; then there is nobody to suppress. */
    private Optional<Subscriber> person(Handle handle, ReportedNotice notice) {
        return subscribers.findByPublicId(handle, AddressHash.publicId(notice.personHash()));
    }
}
