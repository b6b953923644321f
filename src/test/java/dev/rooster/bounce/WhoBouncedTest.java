package dev.rooster.bounce;

import static dev.rooster.bounce.BounceWorld.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.bounce.TakenMail.Outcome;
import dev.rooster.fixtures.Databases;
import dev.rooster.subscriber.Subscriber;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What leads from a report to a delivery, and what does not. */
class WhoBouncedTest {
    private static final String UNKNOWN = "550 5.1.1 User unknown";

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theEnvelopeIdLeadsBackWhereEverythingElseWasChangedOnTheWay(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            String envelopeId = world.messageId(edition, kim).replaceAll("[<>]|@.*", "");
            Bounce record = world.take(report("news@example.com", "k@moved.example", "failed", "5.1.1", UNKNOWN)
                            .replace("Reporting-MTA:", "Original-Envelope-Id: " + envelopeId + "\nReporting-MTA:"))
                    .records()
                    .get(0);
            assertThat(record.matchedBy()).isEqualTo(MatchedBy.ENVID);
            assertThat(world.standing(kim)).isEqualTo("bounced hard-bounce");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theOriginalRecipientIsFoundBeforeTheFinalOneAndProvesNothing(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            Subscriber lee = world.reader("lee@example.net");
            long edition = world.edition("accepted", kim, lee);
            TakenMail taken = world.take(report("news@example.com", "lee@example.net", "failed", "5.1.1", UNKNOWN)
                    .replace("Final-Recipient:", "Original-Recipient: rfc822; kim@example.net\nFinal-Recipient:"));
            assertThat(taken.records()).singleElement().satisfies(record -> {
                assertThat(record.matchedBy()).isEqualTo(MatchedBy.ORIGINAL_RECIPIENT);
                assertThat(record.acted()).isEqualTo(Acted.UNPROVEN);
                assertThat(record.delivery().seq()).isEqualTo(1);
            });
            assertThat(world.standing(kim)).isEqualTo("active -");
            assertThat(world.arrival(edition, 1)).isEqualTo("unknown");
            assertThat(world.standing(lee)).isEqualTo("active -");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aTokenIsBelievedAgainstEveryAddressInTheReport(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            Subscriber lee = world.reader("lee@example.net");
            long edition = world.edition("accepted", kim, lee);
            world.take(report(world.verp(edition, kim), "lee@example.net", "failed", "5.1.1", UNKNOWN));
            assertThat(world.standing(kim)).isEqualTo("bounced hard-bounce");
            assertThat(world.standing(lee)).isEqualTo("active -");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anAddressThatMerelyOccursInTheTextIsNobody(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber lee = world.reader("lee@example.net");
            long edition = world.edition("accepted", lee);
            TakenMail taken = world.take("""
                    From: MAILER-DAEMON@mx.example.net
                    To: news@example.com
                    Date: Wed, 7 Oct 2026 09:00:00 +0900
                    Subject: Undelivered Mail Returned to Sender
                    Message-ID: <t1@mx.example.net>

                    For help write to lee@example.net.

                    <ghost@elsewhere.example>: 550 5.1.1 User unknown
                    """);
            assertThat(taken.outcome()).isEqualTo(Outcome.FOR_PEOPLE);
            assertThat(taken.records()).singleElement().satisfies(record -> {
                assertThat(record.address()).isEqualTo("ghost@elsewhere.example");
                assertThat(record.acted()).isEqualTo(Acted.UNMATCHED);
            });
            assertThat(world.standing(lee)).isEqualTo("active -");
            assertThat(world.arrival(edition, 1)).isEqualTo("unknown");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void manyUnreadReportsAreToldToOperatorsAndFewAreNot(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            for (int i = 0; i < 18; i++) {
                world.take(report(world.verp(edition, kim), "kim@example.net", "failed", "4.4." + i, "timed out " + i));
            }
            world.take(report("news@example.com", "stranger0@elsewhere.example", "failed", "5.1.1", UNKNOWN));
            assertThat(world.told)
                    .as("1 of 19 is more than 5 %, but 19 are few")
                    .isEmpty();
            world.take(report("news@example.com", "stranger1@elsewhere.example", "failed", "5.1.1", UNKNOWN));
            assertThat(world.told).containsExactly("unread 2 of 20");
            world.clock.advance(Duration.ofDays(8));
            world.take(report("news@example.com", "stranger2@elsewhere.example", "failed", "5.1.1", UNKNOWN));
            assertThat(world.told).as("a week later they no longer count").hasSize(1);
        }
    }
}
