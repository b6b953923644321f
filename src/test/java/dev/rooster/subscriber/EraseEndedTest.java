package dev.rooster.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsletterRows;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.suppression.Suppression;
import dev.rooster.suppression.SuppressionReason;
import dev.rooster.suppression.SuppressionScope;
import dev.rooster.token.AddressHash;
import dev.rooster.token.KeyRing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EraseEndedTest {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final EmailAddress KIM = EmailAddress.of("Kim@naver.com");
    private static final EmailAddress LEE = EmailAddress.of("lee@naver.com");

    private final SettableClock clock = SettableClock.at("2026-11-24T07:00:00Z");
    private final Path folder = Databases.temporaryFolder();
    private final AddressHash hashes =
            KeyRing.create(folder.resolve("keys"), new SecureRandom()).addressHash();
    private final Subscribing subscribing = new Subscribing(hashes, new RefusalLog(folder), clock);
    private final JdbiSuppressions suppressions = new JdbiSuppressions();
    private Database database;
    private NewsletterId weekly;
    private NewsletterId monthly;

    private void open(Databases.Kind kind) {
        database = Databases.open(kind);
        weekly = NewsletterRows.insert(database, "weekly", 11);
        monthly = NewsletterRows.insert(database, "monthly", 12);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void whoLeftLongAgoIsKeptAsAHashAloneAndStaysRefused(Databases.Kind kind) {
        open(kind);
        Subscriber kim = granted(weekly, KIM);
        granted(weekly, LEE);
        leave(weekly, kim);
        clock.advance(KEPT.plusSeconds(1));

        assertThat(eraser().count(clock.instant().minus(KEPT))).isEqualTo(new EraseEnded.Outcome(1, 0));
        assertThat(run()).isEqualTo(new EraseEnded.Outcome(1, 0));
        assertThat(run().nothing()).isTrue();

        assertThat(everyText()).noneMatch(text -> text.toLowerCase().contains("kim"));
        assertThat(everyText()).anyMatch(text -> text.contains("lee@naver.com"));
        assertThat(suppression(KIM, weekly)).isEqualTo(SuppressionReason.UNSUBSCRIBED);
        assertThat(grant(weekly, KIM)).isInstanceOf(GrantOutcome.Blocked.class);
        assertThat(grant(monthly, KIM)).isInstanceOf(GrantOutcome.Granted.class);
        assertThat(audit()).containsExactly("1 people who left before 2026-11-24T07:00:01Z");
    }

    @ParameterizedTest
    @EnumSource
    void whoComesBackByAConfirmationIsWelcome(Databases.Kind kind) {
        open(kind);
        leave(weekly, granted(weekly, KIM));
        clock.advance(KEPT.plusSeconds(1));
        run();
        RequestOutcome asked =
                tx((Handle h) -> subscribing.request(h, weekly, NewSubscriber.of(KIM), evidence(ConsentMethod.FORM)));
        Subscriber again = ((RequestOutcome.ToBeConfirmed) asked).subscriber();
        assertThat(tx((Handle h) -> subscribing.confirm(h, weekly, again.id(), evidence(ConsentMethod.CONFIRM_LINK))))
                .isInstanceOf(GrantOutcome.Granted.class);
    }

    @ParameterizedTest
    @EnumSource
    void whoGetsAnythingOrLeftLatelyOrOnlyBouncesIsKept(Databases.Kind kind) {
        open(kind);
        Subscriber two = granted(weekly, KIM);
        granted(monthly, KIM);
        leave(weekly, two);
        Subscriber asking = granted(weekly, LEE);
        leave(weekly, asking);
        tx((Handle h) ->
                subscribing.request(h, monthly, NewSubscriber.of(LEE), evidence(ConsentMethod.FORM))); // pending
        Subscriber dead = granted(weekly, EmailAddress.of("dead@naver.com"));
        tx((Handle h) -> subscribing.bounce(h, dead.id(), SuppressionReason.HARD_BOUNCE, clock.instant(), "test"));
        clock.advance(KEPT);
        leave(weekly, granted(weekly, EmailAddress.of("late@naver.com")));
        Subscriber later = granted(weekly, EmailAddress.of("later@naver.com"));
        leave(weekly, later);
        clock.advance(Duration.ofDays(1));
        assertThat(run().nothing()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aComplaintStaysOne(Databases.Kind kind) {
        open(kind);
        Subscriber kim = granted(weekly, KIM);
        tx((Handle h) -> subscribing.complain(h, kim.id(), clock.instant(), "test"));
        clock.advance(KEPT.plusSeconds(1));
        assertThat(run().people()).isEqualTo(1);
        assertThat(suppression(KIM, monthly)).isEqualTo(SuppressionReason.COMPLAINT);
        assertThat(tx((Handle h) ->
                        suppressions.findAll(h, hash(KIM)).stream().allMatch(found -> found.address() == null)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anAddressThatOnlyASuppressionHoldsIsForgotten(Databases.Kind kind) {
        open(kind);
        Instant before = clock.instant();
        for (SuppressionReason reason : List.of(SuppressionReason.UNSUBSCRIBED, SuppressionReason.MANUAL)) {
            EmailAddress of = EmailAddress.of(reason.text() + "@naver.com");
            tx((Handle h) -> suppressions.add(
                    h, new Suppression(hash(of), SuppressionScope.of(weekly), reason, before, "import", of.text())));
        }
        clock.advance(KEPT.plusSeconds(1));
        assertThat(run()).isEqualTo(new EraseEnded.Outcome(0, 1));
        assertThat(everyText())
                .noneMatch(text -> text.contains("unsubscribed@naver.com"))
                .anyMatch(text -> text.contains("manual@naver.com")); // the operator's own list
        assertThat(suppression(EmailAddress.of("unsubscribed@naver.com"), weekly))
                .isEqualTo(SuppressionReason.UNSUBSCRIBED);
    }

    @ParameterizedTest
    @EnumSource
    void moreThanOneBatchIsErased(Databases.Kind kind) {
        open(kind);
        for (int i = 0; i < 1_100; i++) {
            leave(weekly, granted(weekly, EmailAddress.of("p" + i + "@naver.com")));
        }
        granted(weekly, LEE);
        clock.advance(KEPT.plusSeconds(1));
        assertThat(run().people()).isEqualTo(1_100);
        assertThat(tx((Handle h) -> h.createQuery("select address from subscriber")
                        .mapTo(String.class)
                        .list()))
                .containsExactly("lee@naver.com");
    }

    private EraseEnded eraser() {
        return new EraseEnded(database, subscribing);
    }

    private EraseEnded.Outcome run() {
        return eraser().run(clock.instant().minus(KEPT), clock.instant(), "test", soFar -> {});
    }

    private Evidence evidence(ConsentMethod method) {
        return Evidence.of(clock.instant(), method, "test");
    }

    private GrantOutcome grant(NewsletterId newsletter, EmailAddress address) {
        return tx((Handle h) ->
                subscribing.grant(h, newsletter, NewSubscriber.of(address), evidence(ConsentMethod.OPERATOR)));
    }

    private Subscriber granted(NewsletterId newsletter, EmailAddress address) {
        return ((GrantOutcome.Granted) grant(newsletter, address)).subscriber();
    }

    private void leave(NewsletterId newsletter, Subscriber person) {
        tx((Handle h) -> subscribing.refuse(
                h, newsletter, person.id(), evidence(ConsentMethod.PAGE), RefusalScope.THIS_NEWSLETTER));
    }

    private String hash(EmailAddress address) {
        return hashes.of(address.key());
    }

    private SuppressionReason suppression(EmailAddress address, NewsletterId newsletter) {
        return tx((Handle h) ->
                suppressions.find(h, hash(address), newsletter).orElseThrow().reason());
    }

    private List<String> audit() {
        return tx((Handle h) -> h.createQuery("select detail from audit order by id")
                .mapTo(String.class)
                .list());
    }

    /** Every text of the tables that may hold an address. */
    private List<String> everyText() {
        return tx((Handle h) -> h.createQuery("""
                        select address from subscriber union all select address_key from subscriber
                        union all select name from subscriber union all select attributes from subscriber
                        union all select address from suppression union all select source from consent
                        union all select recipient from notice union all select address from bounce
                        union all select detail from audit
                        """)
                .map((row, context) -> String.valueOf(row.getString(1)))
                .list());
    }

    private <T> T tx(Function<Handle, T> work) {
        return database.jdbi().inTransaction(work::apply);
    }
}
