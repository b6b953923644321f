package dev.rooster.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.mail.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbiNewslettersTest {

    private static NewsletterSettings named(String name) {
        return new NewsletterSettingsBuilder(name, "AI", EmailAddress.of("hello@rooster.dev"), SlotRule.of("WED 07:00"))
                .build();
    }

    private static JdbiNewsletters on(Database database, long seed) {
        return new JdbiNewsletters(database.jdbi(), new Random(seed), SettableClock.at("2026-11-24T00:00:00Z"));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aNameKeepsItsIdsForEver(Databases.Kind kind) {
        try (Database database = Databases.open(kind)) {
            Newsletters first = on(database, 1).register(List.of(named("ai-weekly"), named("ai-daily")));
            Newsletters second = on(database, 2).register(List.of(named("ai-daily"), named("ai-weekly")));

            for (Newsletter newsletter : first) {
                assertThat(second.find(newsletter.name())).get().isEqualTo(newsletter);
                assertThat(second.find(newsletter.id())).contains(newsletter);
                assertThat(second.findByPublicId(newsletter.publicId())).contains(newsletter);
            }
            assertThat(first.all()).extracting(Newsletter::name).containsExactly("ai-weekly", "ai-daily");
            assertThat(first.only()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aNewsletterThatLeftTheSettingsIsStillFoundByItsPublicId(Databases.Kind kind) {
        try (Database database = Databases.open(kind)) {
            Newsletter left =
                    on(database, 1).register(List.of(named("ai-weekly"))).only().orElseThrow();

            assertThat(on(database, 2).register(List.of(named("ai-daily"))).findByPublicId(left.publicId()))
                    .isEmpty();
            assertThat(on(database, 2).findId(left.publicId())).contains(left.id());
            assertThat(on(database, 2).findId(left.publicId() + 1)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void nodesThatStartTogetherAgree(Databases.Kind kind) throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try (Database database = Databases.open(kind)) {
            List<Callable<Newsletters>> starts = IntStream.range(0, 4)
                    .<Callable<Newsletters>>mapToObj(
                            node -> () -> on(database, node).register(List.of(named("ai-weekly"))))
                    .toList();

            List<Newsletter> registered = new ArrayList<>();
            for (Future<Newsletters> start : nodes.invokeAll(starts)) {
                registered.add(start.get().only().orElseThrow());
            }

            assertThat(registered).containsOnly(registered.get(0));
        } finally {
            nodes.shutdownNow();
        }
    }
}
