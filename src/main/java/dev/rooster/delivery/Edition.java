package dev.rooster.delivery;

import dev.rooster.issue.IssueId;
import dev.rooster.newsletter.NewsletterId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * One send of an issue, for ever.
 *
 * @param publicId random, named in tokens, never reused
 * @param slotDate the slot it was started by; null: by hand
 * @param stateReason why it is paused; else null
 * @param version what those not yet sent will get, from 1
 * @param candidates everybody who had anything to do with the newsletter when the audience was written
 * @param recipients those of them who get it
 * @param pace the first tries are spread over this long; zero: as fast as the relay goes
 * @param readyAt when the audience was complete; null before
 * @param pacing when first tries may leave, which follows from the pace and the canary
 * @param finishedAt when every delivery was final; null before
 */
public record Edition(
        EditionId id,
        long publicId,
        IssueId issue,
        NewsletterId newsletter,
        LocalDate slotDate,
        EditionState state,
        String stateReason,
        int version,
        long candidates,
        long recipients,
        Duration pace,
        Instant createdAt,
        Instant readyAt,
        Instant finishedAt,
        Instant expiresAt,
        Pace pacing) {}
