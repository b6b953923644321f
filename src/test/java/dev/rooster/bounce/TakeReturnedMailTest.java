package dev.rooster.bounce;

import static dev.rooster.bounce.BounceWorld.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.bounce.TakenMail.Outcome;
import dev.rooster.fixtures.Databases;
import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.Verdict;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.token.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TakeReturnedMailTest {
    private static final String UNKNOWN = "550 5.1.1 <kim@example.net>: Recipient address rejected: User unknown";
    private static final String FULL = "552 5.2.2 <kim@example.net>: Mailbox full, quota exceeded";

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aDeadAddressIsNeverMailedAgainAndItsDeliveryCameBack(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            Subscriber lee = world.reader("lee@example.net");
            long edition = world.edition("accepted", kim, lee);

            TakenMail taken =
                    world.take(report(world.verp(edition, kim), "kim@example.net", "failed", "5.1.1", UNKNOWN));

            assertThat(taken.outcome()).isEqualTo(Outcome.UNDERSTOOD);
            assertThat(taken.records()).singleElement().satisfies(record -> {
                assertThat(record.matchedBy()).isEqualTo(MatchedBy.VERP);
                assertThat(record.verdict()).isEqualTo(Verdict.HARD);
                assertThat(record.category()).isEqualTo(Category.UNKNOWN_USER);
                assertThat(record.acted()).isEqualTo(Acted.SUPPRESSED);
                assertThat(record.delivery().seq()).isEqualTo(1);
            });
            assertThat(world.standing(kim)).isEqualTo("bounced hard-bounce");
            assertThat(world.standing(lee)).isEqualTo("active -");
            assertThat(world.arrival(edition, 1)).isEqualTo("returned");
            assertThat(world.arrival(edition, 2)).isEqualTo("unknown");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aCopySentAgainLeadsToThePersonAndChangesNoDelivery(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("uncertain", kim);
            String verp = world.verpOfResentCopy(edition, kim, 4711);

            TakenMail taken = world.take(report(verp, "kim@example.net", "failed", "5.1.1", UNKNOWN));

            assertThat(taken.records().get(0).matchedBy()).isEqualTo(MatchedBy.VERP);
            assertThat(world.standing(kim)).isEqualTo("bounced hard-bounce");
            assertThat(world.arrival(edition, 1)).isEqualTo("unknown");
            assertThat(world.state(edition, 1)).isEqualTo("uncertain");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theSameMailReadTwiceByTwoRoadsCountsOnce(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            String mail = report(world.verp(edition, kim), "kim@example.net", "failed", "5.1.1", UNKNOWN);
            world.take(mail);
            TakenMail second = world.take("Delivered-To: bounces@example.com\nX-Uid: 7\n" + mail + "\n\n");
            assertThat(second).isEqualTo(new TakenMail(Outcome.SEEN_BEFORE, List.of()));
            assertThat(world.rows()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aForgedTokenSuppressesNobodyAndIsCounted(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            String forged = BounceWorld.forged(world.verp(edition, kim));

            TakenMail taken = world.take(report(forged, "kim@example.net", "failed", "5.1.1", UNKNOWN));

            assertThat(taken.outcome()).isEqualTo(Outcome.UNDERSTOOD);
            assertThat(taken.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.acted()).isEqualTo(Acted.FORGED));
            assertThat(world.standing(kim)).isEqualTo("active -");
            assertThat(world.arrival(edition, 1)).isEqualTo("unknown");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aTokenMadeForAnotherPurposeProvesNothing(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            // The Message-ID's token, which every forwarded copy shows, in the place of the envelope sender's.
            String borrowed = "b+" + world.messageId(edition, kim).replaceAll("[<>]|@.*", "") + "@bounce.example.com";
            TakenMail taken = world.take(report(borrowed, "kim@example.net", "failed", "5.1.1", UNKNOWN));
            assertThat(taken.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.acted()).isEqualTo(Acted.FORGED));
            assertThat(world.standing(kim)).isEqualTo("active -");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theMessageIdOfTheReturnedMailLeadsBackToo(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            TakenMail taken = world.take(report(
                    "news@example.com",
                    "k.kim@elsewhere.example",
                    "failed",
                    "5.1.1",
                    UNKNOWN,
                    "Message-ID: " + world.messageId(edition, kim)));
            assertThat(taken.records().get(0).matchedBy()).isEqualTo(MatchedBy.MESSAGE_ID);
            assertThat(world.standing(kim)).isEqualTo("bounced hard-bounce");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theListUnsubscribeHeaderLeadsBackWhereAddressesAreBlackedOut(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            String token = world.database
                    .jdbi()
                    .withHandle(handle -> world.tokens.seal(
                            Purpose.UNSUBSCRIBE,
                            11,
                            handle.createQuery("select public_id from edition")
                                    .mapTo(Long.class)
                                    .one(),
                            kim.publicId()));
            TakenMail taken = world.take("""
                    From: <feedback@provider.example>
                    To: <abuse@example.com>
                    Date: Wed, 7 Oct 2026 09:00:00 +0900
                    Message-ID: <arf1@provider.example>
                    Subject: FW: news
                    MIME-Version: 1.0
                    Content-Type: multipart/report; report-type=feedback-report; boundary="p"

                    --p
                    Content-Type: text/plain

                    This is an email abuse report.
                    --p
                    Content-Type: message/feedback-report

                    Feedback-Type: abuse
                    User-Agent: Provider/1.0
                    Version: 1
                    --p
                    Content-Type: text/rfc822-headers

                    From: News <news@example.com>
                    To: redacted@redacted.invalid
                    List-Unsubscribe: <https://news.example.com/u/%s>
                    Subject: news
                    --p--
                    """.formatted(token));
            assertThat(taken.records()).singleElement().satisfies(record -> {
                assertThat(record.kind()).isEqualTo(BounceKind.COMPLAINT);
                assertThat(record.matchedBy()).isEqualTo(MatchedBy.LIST_UNSUBSCRIBE);
                assertThat(record.acted()).isEqualTo(Acted.SUPPRESSED);
            });
            assertThat(world.standing(kim)).isEqualTo("complained complaint");
            assertThat(world.arrival(edition, 1)).isEqualTo("arrived");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anAddressAloneIsWrittenDownAndCostsNobodyTheSubscription(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            world.clock.advance(Duration.ofHours(1));
            TakenMail taken = world.take(report("news@example.com", "kim@example.net", "failed", "5.1.1", UNKNOWN));
            assertThat(taken.records()).singleElement().satisfies(record -> {
                assertThat(record.matchedBy()).isEqualTo(MatchedBy.ADDRESS);
                assertThat(record.acted()).isEqualTo(Acted.UNPROVEN);
                assertThat(record.delivery().edition()).isEqualTo(edition);
            });
            assertThat(world.standing(kim)).isEqualTo("active -");
            assertThat(world.arrival(edition, 1)).isEqualTo("unknown");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aReportSettlesAnUncertainDelivery(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            Subscriber lee = world.reader("lee@example.net");
            long edition = world.edition("uncertain", kim, lee);
            world.take(report(world.verp(edition, kim), "kim@example.net", "failed", "5.2.2", FULL));
            world.take(report(world.verp(edition, lee), "lee@example.net", "delayed", "4.4.1", "connect timed out"));
            assertThat(world.state(edition, 1)).isEqualTo("accepted");
            assertThat(world.arrival(edition, 1)).isEqualTo("returned");
            assertThat(world.state(edition, 2)).isEqualTo("accepted");
            assertThat(world.arrival(edition, 2)).isEqualTo("delayed");
            assertThat(world.standing(lee)).isEqualTo("active -");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatWasOnceReturnedDoesNotArriveAfterwards(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            String verp = world.verp(edition, kim);
            world.take(report(verp, "kim@example.net", "delayed", "4.4.1", "connect timed out"));
            world.take(report(verp, "kim@example.net", "delivered", "2.0.0", "250 ok"));
            assertThat(world.arrival(edition, 1)).isEqualTo("arrived");
            world.take(report(verp, "kim@example.net", "failed", "5.2.2", FULL));
            assertThat(world.arrival(edition, 1)).isEqualTo("returned");
            world.take(report(verp, "kim@example.net", "delivered", "2.0.0", "250 ok, again"));
            assertThat(world.arrival(edition, 1)).isEqualTo("returned");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aDayOnWhichEverybodyRefusesUsSuppressesNobodyAndStopsTheEdition(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            List<Subscriber> readers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                readers.add(world.reader("reader" + i + "@example.net"));
            }
            long edition = world.edition("accepted", readers.toArray(Subscriber[]::new));
            for (Subscriber reader : readers) {
                world.take(report(
                        world.verp(edition, reader),
                        reader.address().text(),
                        "failed",
                        "5.7.26",
                        "550 5.7.26 This mail has been blocked because the sender is unauthenticated"));
            }
            assertThat(readers)
                    .allSatisfy(reader -> assertThat(world.standing(reader)).isEqualTo("active -"));
            assertThat(world.pauses)
                    .as("told once, at the fifth: they have one provider")
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.line()).startsWith("sender-refused: 550 5.7.26"));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void eightWeeksOfAWeeklyNewsletter(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber full = world.reader("full@example.net");
            Subscriber recovers = world.reader("recovers@example.net");
            List<String> fullStandings = new ArrayList<>();
            for (int week = 1; week <= 8; week++) {
                boolean stillMailed = world.standing(full).startsWith("active");
                Subscriber[] audience = stillMailed ? new Subscriber[] {recovers, full} : new Subscriber[] {recovers};
                long edition = world.edition("accepted", audience);
                world.clock.advance(Duration.ofMinutes(5));
                if (week % 4 != 0) {
                    world.take(report(world.verp(edition, recovers), "recovers@example.net", "failed", "5.2.2", FULL));
                }
                if (stillMailed) {
                    world.take(report(world.verp(edition, full), "full@example.net", "failed", "5.2.2", FULL));
                }
                fullStandings.add(world.standing(full));
                world.clock.advance(Duration.ofDays(7).minusMinutes(5));
            }
            assertThat(fullStandings.subList(0, 3)).containsOnly("active -");
            assertThat(fullStandings.subList(3, 8)).containsOnly("bounced soft-bounces");
            assertThat(world.standing(recovers)).isEqualTo("active -");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void severalIssuesOnOneDayAreNotSeveralWeeks(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber full = world.reader("full@example.net");
            for (int i = 0; i < 6; i++) {
                long edition = world.edition("accepted", full);
                world.clock.advance(Duration.ofMinutes(5));
                world.take(report(world.verp(edition, full), "full@example.net", "failed", "5.2.2", FULL));
            }
            assertThat(world.standing(full)).isEqualTo("active -");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void reportsThatComeLateAndOutOfOrderCountTheSame(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber full = world.reader("full@example.net");
            List<Long> editions = new ArrayList<>();
            for (int week = 0; week < 4; week++) {
                editions.add(world.edition("accepted", full));
                world.clock.advance(Duration.ofDays(7));
            }
            world.clock.advance(Duration.ofDays(-3));
            for (int late : new int[] {1, 0, 2, 3}) {
                assertThat(world.standing(full)).isEqualTo("active -");
                world.take(report(world.verp(editions.get(late), full), "full@example.net", "failed", "5.2.2", FULL));
            }
            assertThat(world.standing(full)).isEqualTo("bounced soft-bounces");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void ordinaryMailAndReportsThatLeadNowhereAreForPeople(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            TakenMail person = world.take("""
                    From: Kim <kim@example.net>
                    To: news@example.com
                    Date: Wed, 7 Oct 2026 09:00:00 +0900
                    Subject: Re: news
                    Message-ID: <p1@example.net>

                    I liked the part about agents.
                    """);
            assertThat(person.outcome()).isEqualTo(Outcome.FOR_PEOPLE);
            TakenMail stranger =
                    world.take(report("news@example.com", "nobody@elsewhere.example", "failed", "5.1.1", UNKNOWN));
            assertThat(stranger.outcome()).isEqualTo(Outcome.FOR_PEOPLE);
            assertThat(stranger.records().get(0).acted()).isEqualTo(Acted.UNMATCHED);
            assertThat(world.standing(kim)).isEqualTo("active -");
            JdbiBounces.ReadShare share = world.database
                    .jdbi()
                    .withHandle(handle -> world.bounces.readSince(
                            handle, world.clock.instant().minus(Duration.ofDays(7))));
            assertThat(share.unread()).isEqualTo(share.mails());
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aHolidayNoteShowsThatTheMailArrived(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            TakenMail taken = world.take("""
                    From: Kim <kim@example.net>
                    To: %s
                    Date: Wed, 7 Oct 2026 09:00:00 +0900
                    Subject: Out of office: news
                    Auto-Submitted: auto-replied
                    Message-ID: <v1@example.net>

                    I am on holiday until Monday.
                    """.formatted(world.verp(edition, kim)));
            assertThat(taken.outcome()).isEqualTo(Outcome.UNDERSTOOD);
            assertThat(world.arrival(edition, 1)).isEqualTo("arrived");
            assertThat(world.standing(kim)).isEqualTo("active -");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void recordsAreListedByIssueDomainKindAndCategory(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            Subscriber lee = world.reader("lee@example.org");
            long edition = world.edition("accepted", kim, lee);
            world.take(report(world.verp(edition, kim), "kim@example.net", "failed", "5.1.1", UNKNOWN));
            world.take(report(world.verp(edition, lee), "lee@example.org", "failed", "5.2.2", FULL));
            world.database.jdbi().useHandle(handle -> {
                assertThat(world.bounces.list(handle, BounceFilter.all(), 10)).hasSize(2);
                assertThat(world.bounces.list(handle, new BounceFilter(null, "example.org", null, null, null), 10))
                        .singleElement()
                        .satisfies(listed -> {
                            assertThat(listed.category()).isEqualTo("mailbox-full");
                            assertThat(listed.acted()).isEqualTo("counted");
                            assertThat(listed.newsletter()).isEqualTo("weekly");
                            assertThat(listed.replyCode()).isEqualTo(552);
                        });
                assertThat(world.bounces.list(
                                handle, new BounceFilter(null, null, null, BounceKind.COMPLAINT, null), 10))
                        .isEmpty();
                assertThat(world.bounces.list(
                                handle, new BounceFilter(null, null, null, null, Category.UNKNOWN_USER), 10))
                        .hasSize(1);
            });
        }
    }

    /** RFC 3464 §2.3.3: the last system that reports has handed the mail on to one that does not. */
    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatWasRelayedHasArrivedAsFarAsAnybodyWillTell(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            Subscriber lee = world.reader("lee@example.net");
            long edition = world.edition("accepted", kim, lee);
            world.take(report(world.verp(edition, kim), "kim@example.net", "relayed", "2.0.0", "250 2.0.0 OK"));
            world.take(report(world.verp(edition, lee), "lee@example.net", "expanded", "2.0.0", "250 2.0.0 OK"));
            assertThat(world.arrival(edition, 1)).isEqualTo("arrived");
            assertThat(world.arrival(edition, 2)).isEqualTo("unknown");
            assertThat(world.column("arrival_source", edition, 1)).isEqualTo("relayed");
            world.take(report(world.verp(edition, kim), "kim@example.net", "failed", "5.1.1", UNKNOWN));
            assertThat(world.arrival(edition, 1)).isEqualTo("returned");
        }
    }
}
