package dev.rooster.cli;

import dev.rooster.delivery.Edition;
import dev.rooster.delivery.EditionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs the processes of a drill, kills them as planned, starts them again, and waits until the edition is finished. One node is a
 * {@code send} on the embedded database; several are {@code serve}s on one PostgreSQL.
 */
final class DrillRun implements AutoCloseable {
    /** Nothing moved for so long: something hangs. A relay rests for two minutes at most. */
    private static final Duration STILL_MAX = Duration.ofMinutes(4);

    /** So many processes that end by themselves in a row, while nothing moves: none can work. */
    private static final int ENDED_IN_A_ROW_MAX = 20;

    private static final long LOOK_MILLIS = 200;
    private static final long RESTART_MILLIS = 500;

    private final DrillWorld world;
    private final DrillPlan plan;
    private final Listener listener;
    private final List<DrillNode> nodes = new ArrayList<>();
    private final List<String> command;
    private int killed;
    private int cuts;
    private int endedByThemselves;
    private int endedInARow;
    private long seenCopies = -1;
    private long movedNanos = System.nanoTime();
    private boolean closed;

    /** Hears of each kill. */
    interface Listener {
        /** @param seconds since that process was started */
        void killed(int number, DrillPlan.Kill kill, long copies, double seconds);
    }

    DrillRun(DrillWorld world, DrillPlan plan, Listener listener) {
        this.world = world;
        this.plan = plan;
        this.listener = listener;
        this.command = world.shared() ? List.of("serve") : List.of("send", "1", "--yes");
    }

    /**
     * Plays it to its end.
     *
     * @return whether the edition was finished; false: nothing moved any more
     */
    boolean play() throws IOException, InterruptedException {
        if (world.shared()) {
            world.startEdition();
        }
        for (int i = 0; i < plan.nodes(); i++) {
            start(nodes.size());
        }
        for (DrillPlan.Kill kill : plan.drawKills()) {
            if (!await(kill)) {
                break;
            }
            kill(kill);
        }
        while (!finished()) {
            if (still()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            restartEnded();
        }
        return true;
    }

    int killed() {
        return killed;
    }

    int cuts() {
        return cuts;
    }

    /** Processes that ended without being killed, before the edition was finished. */
    int endedByThemselves() {
        return endedByThemselves;
    }

    /** Waits for the moment of a kill; false: it will not come. */
    private boolean await(DrillPlan.Kill kill) throws IOException, InterruptedException {
        while (kill.atCopies() >= 0 && !world.relay().book().awaitCopies(kill.atCopies(), LOOK_MILLIS)) {
            if (finished() || still()) {
                return false;
            }
            restartEnded();
        }
        TimeUnit.MILLISECONDS.sleep(kill.delayMillis());
        return true;
    }

    private void kill(DrillPlan.Kill kill) throws IOException, InterruptedException {
        DrillNode node = nodes.get(kill.node());
        double seconds = node.secondsSinceStart();
        if (kill.databaseToo()) {
            world.database().cutConnections();
            cuts++;
        }
        node.kill();
        killed++;
        listener.killed(killed, kill, world.relay().book().copies(), seconds);
        start(kill.node());
    }

    private synchronized void start(int index) throws IOException {
        if (closed) {
            throw new IOException("the drill was stopped");
        }
        DrillNode node = DrillNode.start(world.home(index), world.log(), command);
        if (index == nodes.size()) {
            nodes.add(node);
        } else {
            nodes.set(index, node);
        }
    }

    /** A send ends by itself when it was in trouble or has nothing to do for a while; it is started again, as a person would. */
    private void restartEnded() throws IOException, InterruptedException {
        for (int i = 0; i < nodes.size(); i++) {
            if (!nodes.get(i).alive() && !finished()) {
                endedByThemselves++;
                endedInARow++;
                TimeUnit.MILLISECONDS.sleep(RESTART_MILLIS);
                start(i);
            }
        }
    }

    private boolean finished() {
        if (!world.shared()) {
            return !nodes.get(0).alive() && nodes.get(0).exit() == Exit.DONE;
        }
        try {
            Optional<Edition> edition = world.edition();
            return edition.isPresent() && edition.get().state() == EditionState.FINISHED;
        } catch (RuntimeException e) {
            return false; // the database is gone: so it is for the nodes, and that is part of the drill
        }
    }

    private boolean still() {
        long copies = world.relay().book().copies();
        long now = System.nanoTime();
        if (copies != seenCopies) {
            seenCopies = copies;
            movedNanos = now;
            endedInARow = 0;
        }
        return endedInARow > ENDED_IN_A_ROW_MAX || now - movedNanos > STILL_MAX.toNanos();
    }

    /** Ends every process; nothing is started any more. */
    @Override
    public synchronized void close() {
        closed = true;
        nodes.parallelStream().forEach(DrillNode::close);
    }

    /** The same, at once: the drill itself is being stopped. */
    synchronized void killAll() {
        closed = true;
        for (DrillNode node : nodes) {
            try {
                node.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (UncheckedIOException e) {
                // it is gone already
            }
        }
    }
}
