package dev.rooster.bounce;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Decides when an address whose mails come back softly, issue after issue, is given up. Pure: it looks at the whole row of
 * issues each time, so that reports may come late, twice, and in any order.
 */
final class SoftStreak {
    /** Weekly issues are 21 days apart, or an hour less when the clocks change, or some minutes when the queue was long. */
    private static final Duration SLACK = Duration.ofHours(12);

    private SoftStreak() {}

    /**
     * @param history of one newsletter at one subscriber, the newest first
     * @param edition the one that has just been reported
     */
    static boolean isOver(List<PastIssue> history, long edition, BounceSettings settings, Instant now) {
        int position = 0;
        while (position < history.size() && history.get(position).edition() != edition) {
            if (hasSucceeded(history.get(position), settings, now)) {
                return false;
            }
            position++;
        }
        int issues = 0;
        Instant first = null;
        Instant last = null;
        for (PastIssue issue : history.subList(Math.min(position, history.size()), history.size())) {
            if (!issue.soft()) {
                break;
            }
            issues++;
            first = issue.at();
            last = last == null ? issue.at() : last;
        }
        return issues >= settings.softIssues()
                && Duration.between(first, last).plus(SLACK).compareTo(settings.softPeriod()) >= 0;
    }

    /** Proof of arrival, or silence for so long that a report would have come. */
    private static boolean hasSucceeded(PastIssue issue, BounceSettings settings, Instant now) {
        return issue.arrived()
                || (!issue.soft() && issue.at().plus(settings.silence()).isBefore(now));
    }
}
