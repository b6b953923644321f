package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.JdbiEditionProviders.Delta;
import dev.rooster.fixtures.Databases;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbiEditionProvidersTest {
    private final JdbiEditionProviders providers = new JdbiEditionProviders();

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aRowThatIsMadeOnTheWayCountsWhatComesFromThenOnAndNothingTwice(Databases.Kind kind) {
        JdbiWorld world = new JdbiWorld(kind);
        try {
            EditionId edition =
                    world.edition(5, Instant.parse("2026-12-02T22:00:00Z")).id();
            world.database.jdbi().useTransaction(handle -> {
                handle.execute("update delivery set state = 'accepted' where seq <= 2");
                handle.execute("update delivery set state = 'rejected' where seq = 3");
                providers.add(handle, edition, "other", new Delta(3, 1, 0, 0, null));
                providers.add(handle, edition, "other", new Delta(1, 0, 0, 0, null));
                assertThat(providers.tallies(handle, edition)).singleElement().satisfies(tally -> {
                    assertThat(tally.recipients()).isEqualTo(5);
                    assertThat(tally.answered()).isEqualTo(4);
                    assertThat(tally.hard()).isEqualTo(1);
                });
            });
        } finally {
            world.shutDown();
        }
    }
}
