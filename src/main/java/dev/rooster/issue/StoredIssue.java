package dev.rooster.issue;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An issue in the database, without its text.
 *
 * @param subject without {@code (광고)}
 * @param date the issue's own date, when its file has one
 * @param sourceName name of the file it was added from
 */
public record StoredIssue(
        IssueId id,
        NewsletterId newsletter,
        String title,
        String subject,
        Optional<LocalDate> date,
        IssueState state,
        String sourceName,
        Instant createdAt,
        Instant updatedAt) {}
