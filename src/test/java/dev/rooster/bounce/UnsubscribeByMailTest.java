package dev.rooster.bounce;

import static dev.rooster.bounce.BounceWorld.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.bounce.TakenMail.Outcome;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsletterRows;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.token.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnsubscribeByMailTest {
    private static String mail(String from, String to, String more, String text) {
        return """
                From: %s
                To: %s
                Date: Wed, 7 Oct 2026 09:00:00 +0900
                Message-ID: <%s@example.net>
                %s

                %s
                """.formatted(from, to, Integer.toHexString((from + to + more + text).hashCode()), more, text);
    }

    private static String address(BounceWorld world, Subscriber reader) {
        return "b+" + world.tokens.seal(Purpose.UNSUBSCRIBE_BY_MAIL, 0, 11, reader == null ? 0 : reader.publicId())
                + "@bounce.example.com";
    }

    private static List<StopRequest> open(BounceWorld world) {
        return world.database.jdbi().withHandle(handle -> new JdbiStopRequests().open(handle, 100));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theTokenInTheAddressRefusesAtOnceWhateverElseTheMailSays(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            Subscriber lee = world.reader("lee@example.net");
            String fromAnyone = mail(
                    "Somebody Else <else@elsewhere.example>",
                    address(world, kim).toUpperCase(Locale.ROOT),
                    "Subject: (no subject)\nAuto-Submitted: auto-generated",
                    "");
            TakenMail taken = world.take(fromAnyone);
            assertThat(taken.outcome()).isEqualTo(Outcome.UNDERSTOOD);
            assertThat(taken.records()).singleElement().satisfies(record -> {
                assertThat(record.matchedBy()).isEqualTo(MatchedBy.UNSUBSCRIBE_ADDRESS);
                assertThat(record.address()).isEqualTo("kim@example.net");
            });
            assertThat(world.standing(kim)).isEqualTo("unsubscribed unsubscribed");
            assertThat(world.standing(lee)).isEqualTo("active -");
            assertThat(world.take(fromAnyone)).isEqualTo(new TakenMail(Outcome.SEEN_BEFORE, List.of()));
            assertThat(world.told).containsExactly("refused " + kim.id().value());
            assertThat(world.rows()).isEqualTo(1);
            JdbiBounces.ReadShare share =
                    world.database.jdbi().withHandle(handle -> world.bounces.readSince(handle, Instant.EPOCH));
            assertThat(share).as("is no bounce").isEqualTo(new JdbiBounces.ReadShare(0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aForgedAddressAndATestSendsAddressRefuseNobody(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            TakenMail forged = world.take(
                    mail("kim@example.net", BounceWorld.forged(address(world, kim)), "Subject: unsubscribe", ""));
            assertThat(forged.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.acted()).isEqualTo(Acted.FORGED));
            TakenMail test = world.take(mail("kim@example.net", address(world, null), "Subject: unsubscribe", ""));
            assertThat(test).isEqualTo(new TakenMail(Outcome.SEEN_BEFORE, List.of()));
            assertThat(world.standing(kim)).isEqualTo("active -");
            assertThat(open(world)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anAddressMailedToSomebodyWhoIsNotHereIsKeptForWhenTheyAre(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            String address = address(world, kim);
            world.database
                    .jdbi()
                    .useTransaction(handle -> world.subscribing.erase(
                            handle, kim.id(), Evidence.of(world.clock.instant(), ConsentMethod.OPERATOR, "test")));
            TakenMail taken = world.take(mail("x@example.org", address, "Subject: unsubscribe", ""));
            assertThat(taken.outcome()).isEqualTo(Outcome.UNDERSTOOD);
            assertThat(taken.records().get(0).address()).isNull();
            long kept = world.database
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select count(*) from orphan_refusal")
                            .mapTo(Long.class)
                            .one());
            assertThat(kept).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aPersonWhoAsksInWordsIsListedOnceAndNotUnsubscribed(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            String ask = mail("Kim <KIM@example.net>", "news@example.com", "Subject: Re: s", "구독 취소해 주세요.\n\n> 이번 호");
            TakenMail taken = world.take(ask);
            assertThat(taken).isEqualTo(new TakenMail(Outcome.FOR_PEOPLE, List.of()));
            assertThat(world.take(ask)).isEqualTo(taken);
            assertThat(open(world)).singleElement().satisfies(request -> {
                assertThat(request.sender()).isEqualToIgnoringCase("kim@example.net");
                assertThat(request.subscriber()).isEqualTo(kim.id());
                assertThat(request.newsletter()).isEqualTo(world.newsletter);
                assertThat(request.words()).isEqualTo("구독 취소해 주세요.");
            });
            assertThat(world.told).containsExactly("asked 1");
            assertThat(world.standing(kim)).isEqualTo("active -");
            assertThat(world.arrival(edition, 1)).isEqualTo("unknown");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theMailTheyAnswerTellsWhoTheyAreWhereTheirSenderDoesNot(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            NewsletterId other = NewsletterRows.insert(world.database, "other", 12);
            world.database
                    .jdbi()
                    .useTransaction(handle -> world.subscribing.confirm(
                            handle, other, kim.id(), Evidence.of(world.clock.instant(), ConsentMethod.IMPORT, "test")));
            long edition = world.edition("accepted", kim);
            world.take(mail(
                    "kim@work.example",
                    "news@example.com",
                    "Subject: Re: s\nIn-Reply-To: " + world.messageId(edition, kim),
                    "unsubscribe"));
            world.take(mail("kim@example.net", "news@example.com", "Subject: stop", ""));
            world.take(mail("who@elsewhere.example", "news@example.com", "Subject: hi", "remove me please"));
            assertThat(open(world)).extracting(StopRequest::subscriber).containsExactly(kim.id(), kim.id(), null);
            assertThat(open(world))
                    .extracting(StopRequest::newsletter)
                    .as("which of two newsletters, the sender alone does not tell")
                    .containsExactly(world.newsletter, null, null);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void machinesBouncesAndOtherLettersAreNotListed(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("accepted", kim);
            world.take(mail(
                    "kim@example.net",
                    "news@example.com",
                    "Subject: Out of office\nAuto-Submitted: auto-replied",
                    "I am on holiday. To unsubscribe from my notes write to me."));
            world.take(report(
                    world.verp(edition, kim),
                    "kim@example.net",
                    "failed",
                    "5.1.1",
                    "550 5.1.1 unknown user, please unsubscribe"));
            TakenMail letter = world.take(mail(
                    "kim@example.net",
                    "news@example.com",
                    "Subject: Re: s\nIn-Reply-To: " + world.messageId(edition, kim),
                    "Thank you!"));
            assertThat(letter).isEqualTo(new TakenMail(Outcome.FOR_PEOPLE, List.of()));
            assertThat(open(world)).isEmpty();
            assertThat(world.rows())
                    .as("the bounce; a letter is no unread bounce")
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatIsAnsweredOrSettledElsewhereNoLongerWaits(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            Subscriber lee = world.reader("lee@example.net");
            world.take(mail("kim@example.net", "news@example.com", "Subject: unsubscribe", ""));
            world.take(mail("lee@example.net", "news@example.com", "Subject: unsubscribe", ""));
            world.take(mail(lee.address().text(), address(world, lee), "Subject: x", ""));
            StopRequest kims = open(world).get(0);
            assertThat(open(world)).hasSize(1);
            world.database.jdbi().useTransaction(handle -> {
                JdbiStopRequests requests = new JdbiStopRequests();
                assertThat(requests.answer(
                                handle, kims.id(), JdbiStopRequests.Answer.DISMISSED, "test", world.clock.instant()))
                        .isTrue();
                assertThat(requests.answer(
                                handle, kims.id(), JdbiStopRequests.Answer.REFUSED, "test", world.clock.instant()))
                        .isFalse();
            });
            assertThat(open(world)).isEmpty();
            world.database
                    .jdbi()
                    .useTransaction(handle -> world.subscribing.erase(
                            handle, kim.id(), Evidence.of(world.clock.instant(), ConsentMethod.OPERATOR, "test")));
            Optional<StopRequest> erased =
                    world.database.jdbi().withHandle(handle -> new JdbiStopRequests().find(handle, kims.id()));
            assertThat(erased).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aReportNobodyCanPlaceStaysForPeopleHoweverOftenItIsRead(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            String stranger = report("news@example.com", "nobody@elsewhere.example", "failed", "5.1.1", "550 5.1.1 no");
            assertThat(world.take(stranger).outcome()).isEqualTo(Outcome.FOR_PEOPLE);
            // A collector killed between the commit and the move to the folder for people finds it again.
            assertThat(world.take(stranger).outcome()).isEqualTo(Outcome.FOR_PEOPLE);
            assertThat(world.rows()).isEqualTo(1);
        }
    }
}
