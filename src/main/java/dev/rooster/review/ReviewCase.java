package dev.rooster.review;

import dev.rooster.delivery.Edition;
import dev.rooster.delivery.EditionState;
import dev.rooster.issue.IssueState;
import dev.rooster.issue.StoredIssue;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import dev.rooster.token.Purpose;
import java.util.Optional;

/**
 * An issue as somebody sees it who came by a link of a copy.
 *
 * @param purpose what the link is for: to approve, or to hold back
 * @param reviewer the address the copy went to
 * @param slot the one it will take; empty: it waits for none, or its slot is over
 * @param slotHeld its slot came and it was not started
 * @param textHash of its text as it is now
 * @param approvePath the page to approve it on, for this person; begins with a slash
 * @param holdPath the page to hold it back on, likewise
 */
public record ReviewCase(
        Purpose purpose,
        Newsletter newsletter,
        String reviewer,
        PastMoment moment,
        StoredIssue issue,
        Optional<Edition> edition,
        Optional<Slot> slot,
        boolean slotHeld,
        ReviewStanding standing,
        String textHash,
        String approvePath,
        String holdPath) {

    /** Nothing can be decided any more: its readers have it, or never will. */
    public boolean over() {
        return over(issue, edition);
    }

    static boolean over(StoredIssue issue, Optional<Edition> edition) {
        return issue.state() == IssueState.SENT
                || issue.state() == IssueState.CANCELLED
                || edition.filter(found ->
                                found.state() == EditionState.FINISHED || found.state() == EditionState.CANCELLED)
                        .isPresent();
    }

    /** Its text is another than that of the copy. */
    public boolean changedSinceCopy() {
        return !textHash.equals(moment.textHash());
    }

    /** Its sending has begun and stands still because a reviewer held it. */
    public boolean pausedByReviewer() {
        return edition.filter(ReviewIssue::isPausedByReviewer).isPresent();
    }

    public boolean sending() {
        return edition.filter(found -> found.state() == EditionState.SENDING || found.state() == EditionState.PREPARING)
                .isPresent();
    }
}
