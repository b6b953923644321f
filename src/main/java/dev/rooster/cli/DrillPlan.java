package dev.rooster.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What a drill does, drawn from its seed.
 *
 * @param recipients 1 to 1,000,000
 * @param kills processes killed, 0 to 1,000
 * @param nodes processes that send at the same time, 1 to 8
 * @param connections of each process to the relay, 1 to 64
 * @param databaseUrl a PostgreSQL database; null: the embedded one
 */
record DrillPlan(int recipients, int kills, int nodes, int connections, long seed, String databaseUrl) {
    /** No kill is planned for the very end, where the send could be over before it. */
    private static final double LAST_KILL = 0.9;
    /** One kill of so many hits a process while it starts, joins or writes the audience. */
    private static final int KILLS_PER_EARLY_KILL = 5;

    private static final int EARLY_MILLIS_MAX = 2_500;
    private static final int DELAY_MILLIS_MAX = 30;

    /**
     * A process is killed.
     *
     * @param atCopies once the relay has taken so many in all; -1: at a time after its start
     * @param delayMillis after that moment
     * @param node which process, from 0
     * @param databaseToo whether the database's connections are cut at the same moment
     */
    record Kill(long atCopies, long delayMillis, int node, boolean databaseToo) {}

    /** The kills in their order. */
    List<Kill> drawKills() {
        RandomGenerator random = new SplittableRandom(seed);
        List<Long> copies = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            copies.add((long) (random.nextDouble() * LAST_KILL * recipients));
        }
        Collections.sort(copies);
        int cut = databaseUrl == null || kills == 0 ? -1 : random.nextInt(kills);
        List<Kill> drawn = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            boolean early = i % KILLS_PER_EARLY_KILL == 1;
            drawn.add(new Kill(
                    early ? -1 : copies.get(i),
                    random.nextInt(early ? EARLY_MILLIS_MAX : DELAY_MILLIS_MAX),
                    random.nextInt(nodes),
                    i == cut));
        }
        return drawn;
    }

    /**
     * How many duplicates can be explained: one for each connection that was open when its process, or the database, went away.
     *
     * @param killed how many kills there were
     * @param cuts how often the database's connections were cut
     */
    long duplicatesMax(int killed, int cuts) {
        return (long) connections * killed + (long) connections * nodes * cuts;
    }
}
