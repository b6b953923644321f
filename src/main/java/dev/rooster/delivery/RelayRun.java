package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One relay as the dispatcher sees it: its connections, how many it may have now, and whether it is to be left alone for a
 * while. A relay that fails consumes no recipient: while it rests, nothing is offered to it.
 */
final class RelayRun {
    /** Losses after the final dot in a row that make the relay rest (each is a possible duplicate). */
    static final int LOSSES_MAX = 3;

    private static final int BREAKS_MAX = 5;
    private static final Duration REST_FIRST = Duration.ofSeconds(1);
    private static final Duration REST_MAX = Duration.ofMinutes(1);
    private static final Duration REST_LOSSES = Duration.ofMinutes(2);
    private static final Duration REST_LOGIN = Duration.ofMinutes(1);
    /** A relay that says nothing for so long is not waited for by others that share the work. */
    private static final Duration SILENT_MAX = Duration.ofSeconds(5);

    /** A relay may need a moment to forget a connection that it has ended. */
    private static final Duration FORGETS_AFTER = Duration.ofSeconds(1);

    private static final Duration GROW_AFTER = Duration.ofSeconds(30);

    final String name;
    final Map<ConnectionId, ConnectionRun> connections = new LinkedHashMap<>();
    private Instant spoke = Instant.MIN;
    private DeliveryKey brokeAt;
    private int breaks;
    private int limit;
    private int target;
    private int failures;
    private int lossesAfterDot;
    private boolean probing;
    private Instant restUntil = Instant.MIN;
    private Instant targetChanged = Instant.MIN;
    private final MessagesPerConnection perConnection = new MessagesPerConnection();
    private Instant farewellAt = Instant.MIN;
    private Instant noneNewUntil = Instant.MIN;

    RelayRun(String name) {
        this.name = name;
    }

    void limit(int connectionsMax) {
        limit = connectionsMax;
        target = connectionsMax;
        for (int i = 1; i <= connectionsMax; i++) {
            ConnectionId id = new ConnectionId(name, i);
            connections.computeIfAbsent(id, ConnectionRun::new);
        }
    }

    /** Connections this relay may have at this moment. */
    int allowed(Instant now) {
        if (now.isBefore(restUntil)) {
            return 0;
        }
        int most = now.isBefore(noneNewUntil) ? Math.min(target, connectionsOpen()) : target;
        return probing ? 1 : most;
    }

    /** When it may be asked for another connection; in the past unless it is left alone for a moment. */
    Instant noneNewUntil() {
        return noneNewUntil;
    }

    /** How many messages it takes on one connection, as far as that is known. */
    int messagesMax(Instant now) {
        return perConnection.max(now);
    }

    /** It ended a connection on which it had taken mail, and meant that one only: another may be opened at once. */
    void farewell(ConnectionRun connection, Instant now) {
        perConnection.ended(connection.begun, connection.since, now);
        farewellAt = now;
    }

    /** A connection broke before MAIL was answered. True: so often at this very row that the row may be why. */
    boolean breaksAt(DeliveryKey row) {
        breaks = row.equals(brokeAt) ? breaks + 1 : 1;
        brokeAt = row;
        return breaks >= BREAKS_MAX;
    }

    /** True when nothing speaks against it: it does not rest, and has taken mail since it last did. */
    boolean healthy(Instant now) {
        return !probing && !resting(now);
    }

    /** True when it has said something of late on a connection that is open. */
    boolean working(Instant now) {
        return healthy(now) && serves() && now.isBefore(spoke.plus(SILENT_MAX));
    }

    void spoke(Instant now) {
        spoke = now;
    }

    boolean resting(Instant now) {
        return now.isBefore(restUntil);
    }

    Instant restUntil() {
        return restUntil;
    }

    /** The relay spoke about a recipient: it is alive. After losses only an acceptance proves that. */
    void alive() {
        if (lossesAfterDot < LOSSES_MAX) {
            failures = 0;
            probing = false;
        }
    }

    /** Connecting failed, or a connection broke before any recipient's own fault could be told. */
    void failed(Instant now, boolean login, RandomGenerator random) {
        failures++;
        probing = true;
        Duration rest = login ? REST_LOGIN : REST_FIRST.multipliedBy(1L << Math.min(failures - 1, 6));
        rest(now, rest.compareTo(REST_MAX) > 0 ? REST_MAX : rest, random);
    }

    /** Whether it talks to us on some connection. */
    boolean serves() {
        for (ConnectionRun connection : connections.values()) {
            switch (connection.phase) {
                case IDLE, OPENING, READY, WRITING -> {
                    return true;
                }
                case CLOSED, CONNECTING, CLOSING -> {}
            }
        }
        return false;
    }

    /**
     * One more connection was not to be had while others serve: it has a limit. The others go on. Right after it ended one it may
     * still count that one, so it is asked again before fewer are kept.
     */
    void oneFewer(Instant now) {
        if (now.isBefore(farewellAt.plus(FORGETS_AFTER)) && !now.isBefore(noneNewUntil.plus(FORGETS_AFTER))) {
            noneNewUntil = now.plus(FORGETS_AFTER);
            return;
        }
        target = Math.max(1, Math.min(target, connectionsOpen()));
        targetChanged = now;
    }

    /** "Not now" (421, 4.7.x on our account): fewer connections, after a breath. RFC 5321 section 3.8. */
    void slowDown(Instant now, RandomGenerator random) {
        target = Math.max(1, Math.min(target, connectionsOpen()) - 1);
        targetChanged = now;
        failures++;
        rest(now, REST_FIRST.multipliedBy(1L << Math.min(failures, 6)), random);
    }

    void accepted(Instant now) {
        lossesAfterDot = 0;
        failures = 0;
        probing = false;
        if (target < limit && targetChanged.plus(GROW_AFTER).isBefore(now)) {
            target++;
            targetChanged = now;
        }
    }

    /** Answers true when this loss makes the relay rest. */
    boolean lostAfterDot(Instant now, RandomGenerator random) {
        lossesAfterDot++;
        if (lossesAfterDot < LOSSES_MAX) {
            return false;
        }
        probing = true;
        rest(now, REST_LOSSES, random);
        return true;
    }

    private void rest(Instant now, Duration rest, RandomGenerator random) {
        Instant until = now.plus(rest).plusMillis((long) (rest.toMillis() * random.nextDouble() / 5));
        if (until.isAfter(restUntil)) {
            restUntil = until;
        }
    }

    int connectionsOpen() {
        int open = 0;
        for (ConnectionRun connection : connections.values()) {
            if (connection.phase != ConnectionRun.Phase.CLOSED) {
                open++;
            }
        }
        return open;
    }
}
