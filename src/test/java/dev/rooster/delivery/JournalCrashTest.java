package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rooster.fixtures.Databases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of seeded lives of the journal beside a real embedded database, each ended by the death of its process at any byte. A failing
 * seed is printed; {@code -Drooster.journal.seed=N} replays it alone, {@code -Drooster.journal.seeds=N} runs more of them.
 */
class JournalCrashTest {
    private static JdbiWorld world;

    @BeforeAll
    static void openDatabase() {
        world = new JdbiWorld(Databases.Kind.H2, true);
    }

    @AfterAll
    static void closeDatabase() {
        world.shutDown();
    }

    @Test
    void whoeverDiesAtAnyMomentForgetsNoAnswerAndMailsNobodyAgainWhoWasMailed() throws Exception {
        Long only = Long.getLong("rooster.journal.seed");
        if (only != null) {
            new JournalLives(world.cleared(), only).run();
            return;
        }
        int seeds = Integer.getInteger("rooster.journal.seeds", 200);
        int deaths = 0;
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                JournalLives lives = new JournalLives(world.cleared(), seed);
                lives.run();
                deaths += lives.deaths();
            } catch (AssertionError | RuntimeException e) {
                fail("seed " + seed + " (replay with -Drooster.journal.seed=" + seed + ")", e);
            }
        }
        assertThat(deaths).as("deaths that left a journal").isGreaterThan(seeds);
    }
}
