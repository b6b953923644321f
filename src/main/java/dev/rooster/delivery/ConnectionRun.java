package dev.rooster.delivery;

import java.time.Instant;

/** One connection as the dispatcher sees it. */
final class ConnectionRun {
    /** What it is doing. */
    enum Phase {
        CLOSED,
        CONNECTING,
        /** Open, with nothing on its way. */
        IDLE,
        /** The envelope of {@code current} was offered. */
        OPENING,
        /** The relay asked for the body of {@code current}, which waits for its durable step. */
        READY,
        /** The body of {@code current} is on its way; the envelope of {@code riding} goes with its dot. */
        WRITING,
        /** Told to close. */
        CLOSING
    }

    final ConnectionId id;
    Phase phase = Phase.CLOSED;
    ClaimedDelivery current;
    ClaimedDelivery riding;
    /** True when the envelope of {@code current} rode along: its loss says nothing about its recipient. */
    boolean rode;

    boolean mayRide;
    Instant idleSince = Instant.MIN;
    /** When it was opened. */
    Instant since = Instant.MIN;
    /** Messages whose sender and recipient the relay has heard on it. */
    int begun;
    /** Messages that the relay took on it. */
    int taken;
    /** True once its end was told by the message before: what else is lost with it tells nothing more. */
    boolean endTold;

    ConnectionRun(ConnectionId id) {
        this.id = id;
    }

    void opened(Instant now) {
        idle(now);
        since = now;
        begun = 0;
        taken = 0;
        endTold = false;
    }

    void idle(Instant now) {
        phase = Phase.IDLE;
        current = null;
        riding = null;
        idleSince = now;
    }

    void closed() {
        phase = Phase.CLOSED;
        current = null;
        riding = null;
    }
}
