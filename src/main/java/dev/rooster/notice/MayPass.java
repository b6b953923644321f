package dev.rooster.notice;

import dev.rooster.suppression.Suppression;
import java.time.Instant;
import java.util.Optional;

/** Whether a notice may go to an address that is suppressed. Pure. */
final class MayPass {
    private MayPass() {}

    /**
     * Nothing passes a hard bounce or a complaint. Past a refusal goes its own result, and a confirmation that the person
     * asked for after it: they changed their mind, or nobody could ever come back. Operators are told about their work whatever they
     * read.
     *
     * @param askedAt when the notice was caused
     */
    static boolean test(NoticeKind kind, Instant askedAt, Optional<Suppression> suppression) {
        if (suppression.isEmpty()) {
            return true;
        }
        Suppression found = suppression.get();
        return switch (found.reason()) {
            case HARD_BOUNCE, COMPLAINT -> false;
            case MANUAL -> !kind.forReaders();
            case UNSUBSCRIBED, SOFT_BOUNCES, ERASED ->
                switch (kind) {
                    case REFUSAL -> true;
                    case CONFIRMATION -> !askedAt.isBefore(found.since());
                    case ALREADY, WELCOME -> false;
                    case REPORT, REMINDER, ALARM, PROOF, STAFF_COPY -> true;
                };
        };
    }
}
