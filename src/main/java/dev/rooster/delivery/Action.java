package dev.rooster.delivery;

import java.util.List;

/** What the dispatcher's step wants done. Every action on a connection is answered by an event, in its order. */
sealed interface Action {
    /** On a connection. */
    sealed interface OfConnection extends Action {
        ConnectionId connection();
    }

    record Connect(ConnectionId connection) implements OfConnection {}

    /** Offer the relay this recipient's envelope. */
    record Open(ConnectionId connection, ClaimedDelivery delivery) implements OfConnection {}

    /** Write the body, for which there is leave; the next envelope, if not null, rides with the final dot. */
    record Send(ConnectionId connection, ClaimedDelivery delivery, ClaimedDelivery riding) implements OfConnection {}

    /** Close at once, without a dot; also while another action of it is under way, whose own event then comes first. */
    record Abandon(ConnectionId connection) implements OfConnection {}

    /** Take leave (QUIT) and close. */
    record Close(ConnectionId connection) implements OfConnection {}

    /** The durable step. At most one a step; answered before the next step. */
    record Commit(List<Outcome> outcomes, List<Start> starts) implements Action {}

    /** @param limit rows at most, 1 to 5,000 */
    record TakeRows(EditionId edition, ClaimScope scope, long cursor, int limit) implements Action {}

    record Release(List<ClaimedDelivery> rows) implements Action {}

    /** At most one a step. */
    record ReserveRates(List<RateAsk> asks) implements Action {}

    /** Ask whether the canary has passed. */
    record AskForCanary(EditionId edition) implements Action {}

    record CheckFinish(EditionId edition) implements Action {}

    record Pause(EditionId edition, PauseReason reason) implements Action {}

    /** Operators should hear this. Told once per occurrence, not per recipient. */
    record Alarm(String relay, String why) implements Action {}

    /** Everything is closed, recorded and given back. */
    record Stopped() implements Action {}
}
