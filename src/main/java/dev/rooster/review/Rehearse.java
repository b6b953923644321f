package dev.rooster.review;

import dev.rooster.issue.IssueId;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;

/** Tries out an issue without sending it. Takes a bounded time, never fails: what goes wrong is a finding. Thread-safe. */
@FunctionalInterface
public interface Rehearse {
    Rehearsal run(Newsletter newsletter, IssueId issue, Slot slot);
}
