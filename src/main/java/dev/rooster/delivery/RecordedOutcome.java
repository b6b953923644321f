package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;

/** An outcome that is now in the ledger. */
public record RecordedOutcome(NewsletterId newsletter, Outcome outcome, Instant at) {}
