package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbiRatesTest {
    private static final Instant NOW = Instant.parse("2026-12-01T22:00:00Z");
    private static final RateKey GMAIL = Rates.provider("gmail");

    private final SettableClock clock = new SettableClock(NOW);

    private RateStore store(Database database) {
        return new JdbiRates(database, handle -> clock.instant());
    }

    private static RateAsk ask(RateKey key, int wanted, long returned, String... limits) {
        return new RateAsk(key, List.of(limits).stream().map(RateLimit::of).toList(), wanted, returned);
    }

    private static RateGrant one(RateStore store, RateAsk ask) {
        return store.reserve(List.of(ask)).get(0);
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void nodesTakeTurnsOnOneTimeLine(Databases.Kind kind) {
        try (Database database = Databases.open(kind)) {
            RateGrant first = one(store(database), ask(GMAIL, 10, 0, "10/s"));
            assertThat(first.messages()).isEqualTo(10);
            assertThat(first.startsIn()).isEqualTo(Duration.ofMillis(-200));
            assertThat(first.interval()).isEqualTo(Duration.ofMillis(100));
            RateGrant second = one(store(database), ask(GMAIL, 10, 0, "10/s"));
            assertThat(second.startsIn()).as("after the first one's end").isEqualTo(Duration.ofMillis(800));
            RateGrant third = one(store(database), ask(GMAIL, 10, 0, "10/s"));
            assertThat(third.startsIn()).isEqualTo(Duration.ofMillis(1800));
            RateGrant tooFar = one(store(database), ask(GMAIL, 10, 0, "10/s"));
            assertThat(tooFar.messages()).isZero();
            assertThat(tooFar.askIn()).isEqualTo(Duration.ofMillis(2300));
            clock.advance(Duration.ofMinutes(5));
            assertThat(one(store(database), ask(GMAIL, 5, 0, "10/s")).startsIn())
                    .as("what nobody used is lost")
                    .isEqualTo(Duration.ofMillis(-200));
            assertThat(one(store(database), ask(Rates.relay("gmail"), 5, 0, "10/s"))
                            .startsIn())
                    .as("a relay of that name is something else")
                    .isEqualTo(Duration.ofMillis(-200));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatIsCountedHoldsInAnyWindowAndAcrossRestarts(Databases.Kind kind) {
        try (Database database = Databases.open(kind)) {
            String[] limits = {"1000/h", "1500/d"};
            assertThat(one(store(database), ask(GMAIL, 800, 0, limits)).messages())
                    .isEqualTo(800);
            assertThat(one(store(database), ask(GMAIL, 800, 0, limits)).messages())
                    .isEqualTo(200);
            RateGrant none = one(store(database), ask(GMAIL, 800, 0, limits));
            assertThat(none.messages()).isZero();
            assertThat(none.askIn()).isPositive();
            assertThat(one(store(database), ask(GMAIL, 30, 50, limits)).messages())
                    .as("of what was given back")
                    .isEqualTo(30);
            clock.advance(Duration.ofMinutes(59));
            assertThat(one(store(database), ask(GMAIL, 800, 0, limits)).messages())
                    .isEqualTo(20);
            clock.advance(Duration.ofMinutes(7));
            assertThat(one(store(database), ask(GMAIL, 800, 0, limits)).messages())
                    .as("by the day")
                    .isEqualTo(500);
            clock.advance(Duration.ofHours(23));
            assertThat(one(store(database), ask(GMAIL, 800, 0, limits)).messages())
                    .isZero();
            clock.advance(Duration.ofHours(2));
            assertThat(one(store(database), ask(GMAIL, 800, 0, limits)).messages())
                    .isEqualTo(800);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void manyAtOnceNeverGetMoreThanThereIs(Databases.Kind kind) throws Exception {
        try (Database database = Databases.open(kind)) {
            ExecutorService nodes = Executors.newFixedThreadPool(4);
            try {
                List<Callable<Integer>> work = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    boolean turned = i % 2 == 0;
                    RateAsk gmail = ask(GMAIL, 10, 0, "150/d");
                    RateAsk relay = ask(Rates.relay("a"), 10, 0, "100/d");
                    work.add(() ->
                            store(database).reserve(turned ? List.of(gmail, relay) : List.of(relay, gmail)).stream()
                                    .mapToInt(RateGrant::messages)
                                    .sum());
                }
                int granted = 0;
                for (Future<Integer> one : nodes.invokeAll(work)) {
                    granted += one.get();
                }
                assertThat(granted).isEqualTo(250);
            } finally {
                nodes.shutdownNow();
            }
        }
    }
}
