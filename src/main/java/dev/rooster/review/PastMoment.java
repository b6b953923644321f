package dev.rooster.review;

import dev.rooster.issue.IssueId;
import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A moment that took place, or was missed.
 *
 * @param publicId random; its name in the links of its copies
 * @param sent false: it was missed, the readers got the issue without it
 * @param at when it was put into the outbox, or found to be missed
 * @param textHash of the issue's text as it was then
 */
public record PastMoment(
        NewsletterId newsletter,
        LocalDate slot,
        Moment moment,
        IssueId issue,
        long publicId,
        boolean sent,
        Instant plannedAt,
        Instant at,
        String textHash) {}
