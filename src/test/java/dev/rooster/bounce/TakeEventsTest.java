package dev.rooster.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rooster.fixtures.Databases;
import dev.rooster.mail.event.Provider;
import dev.rooster.subscriber.Subscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TakeEventsTest {
    /** An event in the generic form; {@code found} names what leads to the delivery. */
    private static String event(String word, String recipient, String found, String more) {
        return "{\"event\": \"%s\", \"recipient\": \"%s\"%s%s}"
                .formatted(word, recipient, found.isEmpty() ? "" : ", " + found, more.isEmpty() ? "" : ", " + more);
    }

    private static String verp(BounceWorld world, long edition, Subscriber reader) {
        return "\"envelope-sender\": \"" + world.verp(edition, reader) + "\"";
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aDeadAddressIsGivenUpAndOurFaultIsNot(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber dead = world.reader("dead@example.org");
            Subscriber well = world.reader("well@example.org");
            long edition = world.edition("accepted", dead, well);
            String id = "\"message-id\": \"" + world.messageId(edition, dead) + "\"";
            TakenEvents taken = world.take(
                    Provider.GENERIC,
                    "["
                            + event("bounced", "dead@example.org", id, "\"text\": \"550 5.1.1 user unknown\"") + ","
                            + event(
                                    "bounced",
                                    "well@example.org",
                                    verp(world, edition, well),
                                    "\"text\": \"550 5.7.26 unauthenticated\"")
                            + "]");
            assertThat(taken.records())
                    .extracting(Bounce::acted, Bounce::matchedBy, Bounce::source)
                    .containsExactly(
                            tuple(Acted.SUPPRESSED, MatchedBy.MESSAGE_ID, "hook generic"),
                            tuple(Acted.SPARED, MatchedBy.VERP, "hook generic"));
            assertThat(world.standing(dead)).isEqualTo("bounced hard-bounce");
            assertThat(world.standing(well)).isEqualTo("active -");
            assertThat(world.arrival(edition, 1)).isEqualTo("returned");
            assertThat(world.arrival(edition, 2)).isEqualTo("returned");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theSameEventAgainChangesNothing(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber reader = world.reader("reader@example.org");
            long edition = world.edition("accepted", reader);
            String withId = event(
                    "bounced",
                    "reader@example.org",
                    verp(world, edition, reader),
                    "\"id\": \"e1\", \"text\": \"552 5.2.2 full\"");
            String withoutId = event(
                    "complained",
                    "reader@example.org",
                    verp(world, edition, reader),
                    "\"at\": \"2026-10-06T21:00:00Z\"");
            for (int time = 0; time < 3; time++) {
                world.take(Provider.GENERIC, withId);
                world.take(Provider.GENERIC, withId.replace("552 5.2.2 full", "552 5.2.2 mailbox is full"));
                world.take(Provider.GENERIC, withoutId);
            }
            assertThat(world.rows()).isEqualTo(2);
            assertThat(world.standing(reader)).isEqualTo("complained complaint");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void arrivalOnlyEverSaysMore(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber reader = world.reader("reader@example.org");
            long edition = world.edition("accepted", reader);
            String by = verp(world, edition, reader);
            String delayed = event("delayed", "reader@example.org", by, "\"at\": \"2026-10-06T22:00:00Z\"");
            String delivered = event("delivered", "reader@example.org", by, "\"at\": \"2026-10-06T22:00:30Z\"");
            world.clock.advance(Duration.ofMinutes(5));
            assertThat(world.take(Provider.GENERIC, delayed).noted()).isEqualTo(1);
            assertThat(world.arrival(edition, 1)).isEqualTo("delayed");
            assertThat(world.take(Provider.GENERIC, delivered).noted()).isEqualTo(1);
            assertThat(world.take(Provider.GENERIC, delivered).noted()).isZero();
            assertThat(world.take(Provider.GENERIC, delayed).noted()).isZero();
            assertThat(world.arrival(edition, 1)).isEqualTo("arrived");
            assertThat(arrivedAt(world, edition)).isEqualTo(Instant.parse("2026-10-06T22:00:30Z"));
            world.take(Provider.GENERIC, event("bounced", "reader@example.org", by, "\"text\": \"552 5.2.2 full\""));
            world.take(Provider.GENERIC, delivered);
            assertThat(world.arrival(edition, 1)).isEqualTo("returned");
            assertThat(world.rows()).isEqualTo(1);
        }
    }

    private static Instant arrivedAt(BounceWorld world, long edition) {
        return world.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select arrival_at from delivery where edition_id = :e")
                        .bind("e", edition)
                        .mapTo(Instant.class)
                        .one());
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anArrivalSettlesWhatWasUncertainAndATimeInTheFutureIsNotBelieved(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber reader = world.reader("reader@example.org");
            long edition = world.edition("uncertain", reader);
            world.take(
                    Provider.GENERIC,
                    event(
                            "delivered",
                            "reader@example.org",
                            verp(world, edition, reader),
                            "\"at\": \"2036-10-06T22:00:00Z\""));
            assertThat(world.state(edition, 1)).isEqualTo("accepted");
            assertThat(arrivedAt(world, edition)).isEqualTo(world.clock.instant());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void withoutATokenTheAddressLeadsToTheNewestIssue(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber reader = world.reader("reader@example.org");
            world.edition("accepted", reader);
            long edition = world.edition("accepted", reader);
            TakenEvents taken = world.take(
                    Provider.GENERIC,
                    event("bounced", "Reader@Example.org", "", "\"text\": \"550 5.1.1 user unknown\""));
            assertThat(taken.records()).singleElement().satisfies(record -> {
                assertThat(record.matchedBy()).isEqualTo(MatchedBy.EVENT);
                assertThat(record.delivery().edition()).isEqualTo(edition);
            });
            assertThat(world.standing(reader)).isEqualTo("bounced hard-bounce");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anArrivalWithoutATokenHasToNameTheSubject(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber reader = world.reader("reader@example.org");
            long edition = world.edition("accepted", reader);
            subject(world, edition, "주간 소식");
            assertThat(world.take(Provider.GENERIC, event("delivered", "reader@example.org", "", ""))
                            .unmatched())
                    .isEqualTo(1);
            assertThat(world.take(
                                    Provider.GENERIC,
                                    event("delivered", "reader@example.org", "", "\"subject\": \"구독을 확인해 주세요\""))
                            .unmatched())
                    .isEqualTo(1);
            assertThat(world.arrival(edition, 1)).isEqualTo("unknown");
            assertThat(world.take(
                                    Provider.GENERIC,
                                    event("delivered", "reader@example.org", "", "\"subject\": \"주간 소식\""))
                            .noted())
                    .isEqualTo(1);
            assertThat(world.arrival(edition, 1)).isEqualTo("arrived");
        }
    }

    private static void subject(BounceWorld world, long edition, String subject) {
        world.database
                .jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        insert into edition_version (edition_id, version, subject, headers, html, text, archive_html,
                          content_hash, released_at)
                        values (:edition, 1, :subject, '', '', '', '', '', :now)
                        """)
                        .bindMap(Map.of("edition", edition, "subject", subject, "now", world.clock.instant()))
                        .execute());
    }

    /** Two installations with one account at the provider are told of each other's mails. */
    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anothersTokenTouchesNobodyHere(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind);
                BounceWorld other = new BounceWorld(Databases.Kind.H2)) {
            Subscriber reader = world.reader("reader@example.org");
            Subscriber there = other.reader("reader@example.org");
            world.edition("accepted", reader);
            long edition = other.edition("accepted", there);
            TakenEvents taken = world.take(
                    Provider.GENERIC,
                    "["
                            + event(
                                    "bounced",
                                    "reader@example.org",
                                    verp(other, edition, there),
                                    "\"text\": \"550 5.1.1 no user\"")
                            + ","
                            + event(
                                    "complained",
                                    "reader@example.org",
                                    "\"reference\": \"" + other.messageId(edition, there) + "\"",
                                    "")
                            + "]");
            assertThat(taken.records()).extracting(Bounce::acted).containsExactly(Acted.FORGED, Acted.UNMATCHED);
            assertThat(world.standing(reader)).isEqualTo("active -");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whoRefusesAtTheProviderIsUnsubscribedAndToldSo(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber reader = world.reader("reader@example.org");
            long edition = world.edition("accepted", reader);
            String refusal =
                    event("unsubscribed", "reader@example.org", verp(world, edition, reader), "\"id\": \"u1\"");
            world.take(Provider.GENERIC, refusal);
            world.take(Provider.GENERIC, refusal);
            assertThat(world.standing(reader)).isEqualTo("unsubscribed unsubscribed");
            assertThat(world.told).containsExactly("refused " + reader.id().value());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void manyRefusalsBecauseOfUsPauseTheEdition(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber[] readers = new Subscriber[25];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = world.reader("reader" + i + "@example.org");
            }
            long edition = world.edition("accepted", readers);
            for (Subscriber reader : readers) {
                world.take(
                        Provider.GENERIC,
                        event(
                                "bounced",
                                reader.address().text(),
                                verp(world, edition, reader),
                                "\"text\": \"550 5.7.26 unauthenticated\""));
            }
            assertThat(world.pauses).isNotEmpty();
            for (Subscriber reader : readers) {
                assertThat(world.standing(reader)).isEqualTo("active -");
            }
        }
    }
}
