package dev.rooster.cli;

import dev.rooster.db.ClockOffset;
import dev.rooster.db.Dialect;
import dev.rooster.db.Installation;
import dev.rooster.db.Installation.Hold;
import dev.rooster.subscriber.JdbiKeyCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process is asked before it becomes a node of a PostgreSQL database: its clock, its keys, and whether its folder is one of
 * that database's. A new folder joins by itself where another node is seen to renew its lease: a database somebody is sending from
 * at this moment is no restored copy.
 */
final class JoinNodes {
    private static final Logger LOG = LoggerFactory.getLogger(JoinNodes.class);
    /** A node renews its lease three times in it; by default every ten seconds. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);

    private static final long LOOK_MILLIS = 250;

    private JoinNodes() {}

    /** @throws NodeProblem when this process must not send from the database */
    static void check(App app) {
        if (app.settings().database().dialect() == Dialect.H2) {
            return;
        }
        clock(app);
        keys(app);
        Optional<Hold> hold = app.installation().check();
        if (hold.filter(JoinNodes::ofAFolder).isPresent() && !app.installation().databaseHeld()) {
            joinLiving(app.installation());
        }
    }

    private static boolean ofAFolder(Hold hold) {
        return Installation.mayJoin(hold) && hold != Hold.TAKEN_OVER;
    }

    private static void clock(App app) {
        ClockOffset offset = ClockOffset.measure(app.database(), app.clock());
        if (offset.tooLarge()) {
            throw new NodeProblem(
                    offset.ahead().isNegative() ? "node.clock-behind" : "node.clock-ahead",
                    String.valueOf(offset.ahead().abs().toSeconds()),
                    String.valueOf(ClockOffset.MAX.toSeconds()));
        }
    }

    /** Links and hashes made with other keys would be of no use to the other nodes. */
    static void keys(App app) {
        boolean agree = app.database()
                .jdbi()
                .withHandle(handle -> JdbiKeyCheck.agrees(handle, app.keys().addressHash()));
        if (!agree) {
            throw new NodeProblem("node.keys", app.data().resolve("keys").toString());
        }
    }

    private static void joinLiving(Installation installation) {
        Map<String, Instant> seen = new HashMap<>(installation.livingNodes());
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (!seen.isEmpty() && System.nanoTime() < end) {
            boolean renewed = false;
            for (Map.Entry<String, Instant> node : installation.livingNodes().entrySet()) {
                Instant before = seen.put(node.getKey(), node.getValue());
                renewed |= before != null && node.getValue().isAfter(before);
            }
            if (renewed) {
                installation.join();
                LOG.info("This folder is one more node of the database, beside those that send from it");
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
