package dev.rooster.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rooster.bounce.TakenMail.Outcome;
import dev.rooster.fixtures.Databases;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.event.Provider;
import dev.rooster.notice.NoticeKind;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.token.Purpose;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes back about single mails. */
class NoticeReportsTest {
    private static String verp(BounceWorld world, long notice) {
        return "b+" + world.tokens.seal(Purpose.VERP, 0, 0, notice) + "@bounce.example.com";
    }

    private static Subscriber person(BounceWorld world, String address) {
        return world.database
                .jdbi()
                .withHandle(handle ->
                        world.subscribing.find(handle, EmailAddress.of(address)).orElseThrow());
    }

    private static String column(BounceWorld world, String table, String name) {
        return world.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select " + name + " from " + table)
                        .mapTo(String.class)
                        .one());
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aConfirmationThatComesBackGivesUpThePendingAddress(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            long notice = world.confirmation("typo@example.org");
            Subscriber pending = person(world, "typo@example.org");
            assertThat(world.standing(pending)).isEqualTo("pending -");
            TakenMail taken = world.take(BounceWorld.report(
                    verp(world, notice), "typo@example.org", "failed", "5.1.1", "550 5.1.1 no such user here"));
            assertThat(taken.outcome()).isEqualTo(Outcome.UNDERSTOOD);
            assertThat(taken.records()).singleElement().satisfies(record -> {
                assertThat(record.acted()).isEqualTo(Acted.SUPPRESSED);
                assertThat(record.matchedBy()).isEqualTo(MatchedBy.VERP);
            });
            assertThat(world.standing(pending)).isEqualTo("bounced hard-bounce");
            assertThat(column(world, "notice", "arrival")).isEqualTo("returned");
            assertThat(column(world, "notice", "state")).isEqualTo("accepted");
            assertThat(column(world, "bounce", "subscriber_id"))
                    .isEqualTo(Long.toString(pending.id().value()));
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatIsNoDeadAddressCostsNobodyAnything(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            long notice = world.confirmation("full@example.org");
            world.take(BounceWorld.report(
                    verp(world, notice), "full@example.org", "failed", "5.2.2", "552 5.2.2 mailbox full"));
            world.take(BounceWorld.report(
                    verp(world, notice), "full@example.org", "failed", "5.7.26", "550 5.7.26 unauthenticated mail"));
            assertThat(world.standing(person(world, "full@example.org"))).isEqualTo("pending -");
            assertThat(world.rows()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aForgedTokenOfANoticeGivesUpNobody(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            long notice = world.confirmation("reader@example.org");
            String forged = verp(world, notice).replaceFirst("\\+.", "+7");
            TakenMail taken = world.take(
                    BounceWorld.report(forged, "reader@example.org", "failed", "5.1.1", "550 5.1.1 no such user"));
            assertThat(taken.records()).extracting(Bounce::acted).containsExactly(Acted.FORGED);
            assertThat(world.standing(person(world, "reader@example.org"))).isEqualTo("pending -");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void nothingAnswersAHolidayNote(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            long notice = world.confirmation("away@example.org");
            TakenMail taken = world.take("""
                    From: away@example.org
                    To: %s
                    Date: Wed, 7 Oct 2026 07:01:00 +0900
                    Subject: Out of office
                    Auto-Submitted: auto-replied
                    Message-ID: <away1@example.org>

                    I am away until Monday.
                    """.formatted(verp(world, notice)));
            assertThat(taken.outcome()).isEqualTo(Outcome.UNDERSTOOD);
            assertThat(taken.records()).extracting(Bounce::kind).containsExactly(BounceKind.AUTOREPLY);
            assertThat(column(world, "notice", "arrival")).isEqualTo("arrived");
            assertThat(column(world, "notice", "count(*)")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void providersTellOfNoticesToo(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            long notice = world.confirmation("reader@example.org");
            String reference = "\"reference\": \"" + world.tokens.seal(Purpose.MESSAGE_ID, 0, 0, notice) + "\"";
            String event = "{\"event\": \"%s\", \"recipient\": \"reader@example.org\", " + reference + "}";
            assertThat(world.take(Provider.GENERIC, event.formatted("delayed")).noted())
                    .isEqualTo(1);
            assertThat(world.take(Provider.GENERIC, event.formatted("delivered"))
                            .noted())
                    .isEqualTo(1);
            assertThat(world.take(Provider.GENERIC, event.formatted("delayed")).noted())
                    .isZero();
            assertThat(column(world, "notice", "arrival")).isEqualTo("arrived");
            assertThat(world.take(Provider.GENERIC, event.formatted("complained"))
                            .records())
                    .extracting(Bounce::acted)
                    .containsExactly(Acted.SUPPRESSED);
            assertThat(world.standing(person(world, "reader@example.org"))).isEqualTo("complained complaint");
        }
    }

    /** Resend gives nothing back: who has no issue yet is found by what was mailed to them. */
    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void withoutATokenTheAddressLeadsToTheNewestNotice(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            world.confirmation("typo@example.org");
            String event =
                    "{\"event\": \"%s\", \"recipient\": \"Typo@example.org\", \"subject\": \"s\", \"text\": \"550 5.1.1 no user\"}";
            assertThat(world.take(Provider.GENERIC, event.formatted("delivered"))
                            .unmatched())
                    .isEqualTo(1);
            assertThat(world.take(Provider.GENERIC, event.formatted("bounced")).records())
                    .extracting(Bounce::acted, Bounce::matchedBy)
                    .containsExactly(tuple(Acted.SUPPRESSED, MatchedBy.EVENT));
            assertThat(world.standing(person(world, "typo@example.org"))).isEqualTo("bounced hard-bounce");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anOperatorsReportIsNobodysSubscription(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber both = world.reader("ops@example.org");
            long notice = world.database.jdbi().inTransaction(handle -> {
                world.notices.enqueue(
                        NoticeKind.ALARM, both.address(), "test", world.newsletter, Language.KO, Map.of(), handle);
                return handle.createQuery("select public_id from notice")
                        .mapTo(Long.class)
                        .one();
            });
            String event = "{\"event\": \"complained\", \"recipient\": \"ops@example.org\", \"reference\": \""
                    + world.tokens.seal(Purpose.MESSAGE_ID, 0, 0, notice) + "\"}";
            world.take(Provider.GENERIC, event);
            assertThat(world.standing(both)).isEqualTo("active -");
        }
    }
}
