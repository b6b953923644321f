package dev.rooster.subscriber;

import dev.rooster.suppression.SuppressionReason;

/** What became of a consent. */
public sealed interface GrantOutcome {
    /** Active from now on. */
    record Granted(Subscriber subscriber) implements GrantOutcome {}

    record AlreadyActive(Subscriber subscriber) implements GrantOutcome {}

    /** The address must not be mailed; nothing was changed. */
    record Blocked(SuppressionReason reason) implements GrantOutcome {}

    /** No such person any more (erased since the link was mailed). */
    record Unknown() implements GrantOutcome {}
}
