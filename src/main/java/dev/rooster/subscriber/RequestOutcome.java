package dev.rooster.subscriber;

import dev.rooster.suppression.SuppressionReason;

/** What became of a request to subscribe. */
public sealed interface RequestOutcome {
    /** Noted; a confirmation is to be mailed. The person is not mailed anything else until it is confirmed. */
    record ToBeConfirmed(Subscriber subscriber) implements RequestOutcome {}

    /** Nothing to do. Tell a web visitor the same as for {@link ToBeConfirmed}, or the page tells strangers who reads this. */
    record AlreadyActive(Subscriber subscriber) implements RequestOutcome {}

    /** The address must not be mailed, not even a confirmation. */
    record Blocked(SuppressionReason reason) implements RequestOutcome {}
}
