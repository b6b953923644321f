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

    ConnectionRun(ConnectionId id) {
        this.id = id;
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
