package dev.rooster.newsletter;

import dev.rooster.mail.EmailAddress;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

/**
 * Who sees an issue before its readers do, and when.
 *
 * @param reviewers get the proof; empty: no proof is sent
 * @param staff get a copy shortly before the readers; empty: none is sent
 * @param proofAt time of day of the proof, on the last working day before the slot, in the newsletter's zone
 * @param staffBefore how long before the slot the staff copy is sent, 1 minute to 12 hours
 * @param workingDays for the proof, and for reminders
 * @param approval whether a slot waits for an approval
 */
public record ReviewSettings(
        List<EmailAddress> reviewers,
        List<EmailAddress> staff,
        LocalTime proofAt,
        Duration staffBefore,
        WorkingDays workingDays,
        Approval approval) {

    /** Whether an issue may go to its readers without anybody having approved it. */
    public enum Approval {
        /** It may; approvals are recorded and shown. */
        OPTIONAL,
        /** Its slot is held until somebody approves. */
        REQUIRED
    }

    public static final Duration STAFF_BEFORE_MIN = Duration.ofMinutes(1);
    public static final Duration STAFF_BEFORE_MAX = Duration.ofHours(12);

    public ReviewSettings {
        if (staffBefore.compareTo(STAFF_BEFORE_MIN) < 0 || staffBefore.compareTo(STAFF_BEFORE_MAX) > 0) {
            throw new IllegalArgumentException("staffBefore can't be " + staffBefore);
        }
        reviewers = List.copyOf(reviewers);
        staff = List.copyOf(staff);
    }

    /** Nobody is asked; 10:00, ten minutes, no holidays, approval optional. */
    public static ReviewSettings defaults() {
        return new ReviewSettings(
                List.of(),
                List.of(),
                LocalTime.of(10, 0),
                Duration.ofMinutes(10),
                new WorkingDays(java.util.Set.of()),
                Approval.OPTIONAL);
    }
}
