package dev.rooster.review;

import dev.rooster.issue.IssueId;
import dev.rooster.issue.JdbiIssues;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Everything that was decided about an issue, and what went out of it before its readers got it. Stateless. */
public final class IssueReviews {
    private final JdbiReviews reviews = new JdbiReviews();
    private final JdbiMoments moments = new JdbiMoments();
    private final JdbiIssues issues = new JdbiIssues();

    /** In the order in which they were taken. */
    public List<ReviewDecision> decisions(Handle handle, IssueId issue) {
        return reviews.of(handle, issue);
    }

    /** What they mean for the issue as it is now. */
    public ReviewStanding standing(Handle handle, IssueId issue) {
        return ReviewStanding.of(
                reviews.of(handle, issue), issues.textHash(handle, issue).orElse(""));
    }

    /** What the last rehearsal found; {@link Rehearsal#NONE} when there was none. */
    public Rehearsal rehearsal(Handle handle, IssueId issue) {
        return moments.of(handle, issue).stream()
                .filter(moment -> moment.moment() == Moment.PROOF && moment.sent())
                .reduce((earlier, later) -> later)
                .map(moment -> moments.rehearsal(handle, moment.publicId()))
                .orElse(Rehearsal.NONE);
    }

    /** Oldest first. */
    public List<PastMoment> moments(Handle handle, IssueId issue) {
        return moments.of(handle, issue);
    }
}
