package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/**
 * Thousands of seeded sends under faults of every kind. A failing seed is printed; {@code -Drooster.simulation.seed=N}
 * replays it alone, {@code -Drooster.simulation.seeds=N} runs more of them.
 */
class SimulationTest {
    @Test
    void aProviderThatRefusesUsGetsNothingMoreAndTheOthersGetTheirs() {
        for (long seed = 1; seed <= 300; seed++) {
            String provider = Simulation.PROVIDERS.get((int) (seed % Simulation.PROVIDERS.size()));
            try {
                Simulation.refusedBy(provider, seed);
            } catch (AssertionError | RuntimeException e) {
                fail("seed " + seed + " with " + provider, e);
            }
        }
    }

    @Test
    void aRelayThatEndsItsConnectionsAfterSomeMessagesGetsEverythingAtTheFirstTry() {
        for (long seed = 1; seed <= 100; seed++) {
            try {
                Simulation.sentAway(1 + (int) (seed % 15), seed);
            } catch (AssertionError | RuntimeException e) {
                fail("seed " + seed, e);
            }
        }
    }

    @Test
    void underEveryFaultNobodyIsLostAndNobodyIsMailedTwiceUnlessUncertain() {
        Long only = Long.getLong("rooster.simulation.seed");
        if (only != null) {
            new Simulation(only).run();
            return;
        }
        int seeds = Integer.getInteger("rooster.simulation.seeds", 2500);
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                new Simulation(seed).run();
            } catch (AssertionError | RuntimeException e) {
                fail("seed " + seed + " (replay with -Drooster.simulation.seed=" + seed + ")", e);
            }
        }
    }
}
