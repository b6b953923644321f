package dev.rooster.review;

import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.newsletter.ReviewSettings;
import dev.rooster.newsletter.Slot;
import dev.rooster.notice.NoticeKind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What goes out before the readers of a slot. A moment that was missed is made up for as long as the readers have not got the
 * issue: until the slot's time. After that it is over, and said so.
 */
public enum Moment {
    /** To the reviewers, on the last working day before the slot. */
    PROOF(NoticeKind.PROOF),
    /** To the staff, minutes before the slot. */
    STAFF(NoticeKind.STAFF_COPY);

    private final NoticeKind notice;

    Moment(NoticeKind notice) {
        this.notice = notice;
    }

    NoticeKind notice() {
        return notice;
    }

    /** Who gets it; empty: it does not take place. */
    public List<EmailAddress> recipients(ReviewSettings settings) {
        return this == PROOF ? settings.reviewers() : settings.staff();
    }

    /** When it is planned for a slot. Pure. */
    public Instant plannedAt(Slot slot, NewsletterSettings settings) {
        ReviewSettings review = settings.review();
        return switch (this) {
            case PROOF ->
                review.workingDays()
                        .before(slot.date())
                        .atTime(review.proofAt())
                        .atZone(settings.zone())
                        .toInstant();
            case STAFF -> slot.at().minus(review.staffBefore());
        };
    }

    /** Whether it is to go out at {@code now}: its time has come, late or not, and the readers' has not. Pure. */
    public boolean isDue(Slot slot, NewsletterSettings settings, Instant now) {
        return !recipients(settings.review()).isEmpty()
                && !now.isBefore(plannedAt(slot, settings))
                && now.isBefore(slot.at());
    }

    /** As stored. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Moment ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
