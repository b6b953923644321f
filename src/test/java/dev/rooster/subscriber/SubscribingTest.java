package dev.rooster.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsletterRows;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.RefusalEntry;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.suppression.Suppression;
import dev.rooster.suppression.SuppressionReason;
import dev.rooster.token.AddressHash;
import dev.rooster.token.KeyRing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubscribingTest {
    private static final EmailAddress KIM = EmailAddress.of("Kim@naver.com");
    private final SettableClock clock = SettableClock.at("2026-11-24T07:00:00Z");
    private final Path folder = Databases.temporaryFolder();
    private final AddressHash hashes =
            KeyRing.create(folder.resolve("keys"), new SecureRandom()).addressHash();
    private final RefusalLog log = new RefusalLog(folder);
    private final Subscribing subscribing = new Subscribing(hashes, log, clock);
    private final JdbiSubscribers subscribers = new JdbiSubscribers();
    private final JdbiSubscriptions subscriptions = new JdbiSubscriptions();
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
    void consentIsKeptWithWhoWhenHowAndWhatWasShown(Databases.Kind kind) {
        open(kind);
        Evidence asked = new Evidence(
                clock.instant(), ConsentMethod.FORM, "/weekly", "매주 AI 소식을 받습니다", "203.0.113.7", "Firefox");
        Subscriber kim = requested(weekly, KIM, asked);
        clock.advance(Duration.ofMinutes(3));
        Evidence confirmed =
                new Evidence(clock.instant(), ConsentMethod.CONFIRM_LINK, "/c", "구독하기", "203.0.113.8", "Safari");

        GrantOutcome outcome = tx((Handle h) -> subscribing.confirm(h, weekly, kim.id(), confirmed));

        assertThat(outcome).isInstanceOf(GrantOutcome.Granted.class);
        assertThat(state(kim, weekly)).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(tx((Handle h) -> subscriptions.consents(h, kim.id())))
                .containsExactly(
                        new Consent(
                                weekly,
                                ConsentKind.REQUESTED,
                                Instant.parse("2026-11-24T07:00:00Z"),
                                "form",
                                "/weekly",
                                "매주 AI 소식을 받습니다",
                                "203.0.113.7",
                                "Firefox"),
                        new Consent(
                                weekly,
                                ConsentKind.GRANTED,
                                Instant.parse("2026-11-24T07:03:00Z"),
                                "confirm-link",
                                "/c",
                                "구독하기",
                                "203.0.113.8",
                                "Safari"));
    }

    @ParameterizedTest
    @EnumSource
    void onlyReadersWhoseLocalPartIsNotAsciiNeedSmtpUtf8(Databases.Kind kind) {
        open(kind);
        granted(weekly, KIM);
        granted(weekly, EmailAddress.of("lee@예시.한국"));
        granted(weekly, EmailAddress.of("사용자@예시.한국"));
        granted(monthly, EmailAddress.of("사용자@예시.한국"));
        requested(weekly, EmailAddress.of("손님@naver.com"), byForm());
        assertThat(tx(new JdbiUtf8Addresses()::active)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void requestAloneActivatesNobody(Databases.Kind kind) {
        open(kind);
        Subscriber kim = requested(weekly, KIM, byForm());
        assertThat(state(kim, weekly)).isEqualTo(SubscriptionState.PENDING);
        assertThat(tx((Handle h) ->
                        subscribing.request(h, weekly, NewSubscriber.of(EmailAddress.of("KIM@naver.com")), byForm())))
                .isEqualTo(new RequestOutcome.ToBeConfirmed(kim));
    }

    @ParameterizedTest
    @EnumSource
    void strangersFormChangesNothingOfAnExistingPerson(Databases.Kind kind) {
        open(kind);
        Subscriber kim = granted(weekly, KIM);
        NewSubscriber stranger = new NewSubscriber(KIM, "Mallory", Language.EN, Map.of("team", "x"));
        assertThat(tx((Handle h) -> subscribing.request(h, weekly, stranger, byForm())))
                .isEqualTo(new RequestOutcome.AlreadyActive(kim));
        assertThat(tx((Handle h) -> subscribers.find(h, kim.id()))).contains(kim);
    }

    @ParameterizedTest
    @EnumSource
    void refusalIsSuppressedAndLoggedAndASecondPressChangesNothing(Databases.Kind kind) throws Exception {
        open(kind);
        Subscriber kim = granted(weekly, KIM);
        assertThat(refuse(kim, weekly, RefusalScope.THIS_NEWSLETTER)).isTrue();
        assertThat(refuse(kim, weekly, RefusalScope.THIS_NEWSLETTER)).isFalse();

        assertThat(state(kim, weekly)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(suppressed(KIM, weekly)).contains(SuppressionReason.UNSUBSCRIBED);
        assertThat(suppressed(KIM, monthly)).isEmpty();
        assertThat(logged())
                .containsExactly(
                        new RefusalEntry(clock.instant(), 11, hashes.of(KIM.key()), RefusalEntry.Kind.REFUSED));
        assertThat(Files.readString(log.file())).doesNotContainIgnoringCase("kim");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.file())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @EnumSource
    void refusalOfAllEndsEverySubscriptionAndOneConfirmationLiftsItForOneOnly(Databases.Kind kind) {
        open(kind);
        Subscriber kim = granted(weekly, KIM);
        granted(monthly, KIM);
        refuse(kim, weekly, RefusalScope.ALL_NEWSLETTERS);
        assertThat(state(kim, monthly)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        assertThat(suppressed(KIM, monthly)).contains(SuppressionReason.UNSUBSCRIBED);

        tx((Handle h) -> subscribing.confirm(h, weekly, kim.id(), byForm()));

        assertThat(suppressed(KIM, weekly)).isEmpty();
        assertThat(state(kim, weekly)).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(suppressed(KIM, monthly)).contains(SuppressionReason.UNSUBSCRIBED);
        assertThat(logged())
                .extracting(RefusalEntry::kind)
                .containsExactly(RefusalEntry.Kind.REFUSED, RefusalEntry.Kind.LIFTED);
    }

    @ParameterizedTest
    @EnumSource
    void undoBringsBackWhatTheRefusalEnded(Databases.Kind kind) {
        open(kind);
        Subscriber kim = granted(weekly, KIM);
        requested(monthly, KIM, byForm());
        refuse(kim, weekly, RefusalScope.ALL_NEWSLETTERS);

        assertThat(tx((Handle h) -> subscribing.undo(h, weekly, kim.id(), byPage())))
                .isTrue();
        assertThat(tx((Handle h) -> subscribing.undo(h, weekly, kim.id(), byPage())))
                .isFalse();

        assertThat(state(kim, weekly)).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(state(kim, monthly)).isEqualTo(SubscriptionState.PENDING);
        assertThat(suppressed(KIM, weekly)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusalOfAPersonUnknownHereIsInForceWhenThePersonTurnsUp(Databases.Kind kind) {
        open(kind);
        long publicId = AddressHash.publicId(hashes.of(KIM.key()));
        assertThat(tx((Handle h) -> subscribing.refuseUnknown(h, 11, publicId, clock.instant())))
                .isTrue();
        assertThat(tx((Handle h) -> subscribing.refuseUnknown(h, 11, publicId, clock.instant())))
                .isFalse();

        assertThat(tx((Handle h) -> subscribing.grant(h, weekly, NewSubscriber.of(KIM), byOperator())))
                .isEqualTo(new GrantOutcome.Blocked(SuppressionReason.UNSUBSCRIBED));
        Subscriber kim = requested(weekly, KIM, byForm());
        tx((Handle h) -> subscribing.confirm(h, weekly, kim.id(), byForm()));
        assertThat(state(kim, weekly)).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(tx((Handle h) -> new JdbiOrphanRefusals().any(h))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void operatorsGrantRevivesNobodyWhoRefused(Databases.Kind kind) {
        open(kind);
        Subscriber kim = granted(weekly, KIM);
        refuse(kim, weekly, RefusalScope.THIS_NEWSLETTER);
        assertThat(tx((Handle h) -> subscribing.grant(h, weekly, NewSubscriber.of(KIM), byOperator())))
                .isEqualTo(new GrantOutcome.Blocked(SuppressionReason.UNSUBSCRIBED));
        assertThat(state(kim, weekly)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
    }

    @ParameterizedTest
    @EnumSource
    void hardBounceAndComplaintAreGlobalAndNoConfirmationPassesThem(Databases.Kind kind) {
        open(kind);
        Subscriber kim = granted(weekly, KIM);
        tx((Handle h) -> subscribing.bounce(h, kim.id(), SuppressionReason.HARD_BOUNCE, clock.instant(), "smtp 550"));
        assertThat(state(kim, weekly)).isEqualTo(SubscriptionState.BOUNCED);
        assertThat(suppressed(KIM, monthly)).contains(SuppressionReason.HARD_BOUNCE);
        assertThat(tx((Handle h) -> subscribing.complain(h, kim.id(), clock.instant(), "arf")))
                .isTrue();
        assertThat(suppressed(KIM, monthly)).contains(SuppressionReason.COMPLAINT);
        tx((Handle h) -> subscribing.bounce(h, kim.id(), SuppressionReason.HARD_BOUNCE, clock.instant(), "smtp 550"));
        assertThat(suppressed(KIM, monthly)).as("a weaker reason").contains(SuppressionReason.COMPLAINT);

        assertThat(tx((Handle h) -> subscribing.request(h, monthly, NewSubscriber.of(KIM), byForm())))
                .isEqualTo(new RequestOutcome.Blocked(SuppressionReason.COMPLAINT));
        assertThat(tx((Handle h) -> subscribing.confirm(h, weekly, kim.id(), byForm())))
                .isEqualTo(new GrantOutcome.Blocked(SuppressionReason.COMPLAINT));
    }

    @ParameterizedTest
    @EnumSource
    void erasingLeavesOnlyTheHash(Databases.Kind kind) {
        open(kind);
        Subscriber kim = granted(weekly, KIM);
        refuse(kim, weekly, RefusalScope.THIS_NEWSLETTER);
        fillLedgerOf(kim);

        assertThat(tx((Handle h) -> subscribing.erase(h, kim.id(), byOperator())))
                .isTrue();
        assertThat(tx((Handle h) -> subscribing.erase(h, kim.id(), byOperator())))
                .isFalse();

        assertThat(everyTextIn(
                        "subscriber",
                        "subscription",
                        "consent",
                        "suppression",
                        "delivery",
                        "attempt",
                        "bounce",
                        "feedback",
                        "notice"))
                .noneMatch(text -> text.toLowerCase().contains("kim"));
        assertThat(tx((Handle h) -> suppressions.findAll(h, hashes.of(KIM.key()))))
                .extracting(Suppression::reason, Suppression::address)
                .contains(org.assertj.core.groups.Tuple.tuple(SuppressionReason.ERASED, null));
        assertThat(tx((Handle h) -> subscribing.grant(h, weekly, NewSubscriber.of(KIM), byOperator())))
                .isEqualTo(new GrantOutcome.Blocked(SuppressionReason.ERASED));
    }

    @ParameterizedTest
    @EnumSource
    void anErasedPersonMaySignUpAgainAndKeepsTheSameLinks(Databases.Kind kind) {
        open(kind);
        Subscriber before = granted(weekly, KIM);
        tx((Handle h) -> subscribing.erase(h, before.id(), byOperator()));
        Subscriber after = requested(weekly, KIM, byForm());
        assertThat(after.publicId()).isEqualTo(before.publicId());
        assertThat(tx((Handle h) -> subscribing.confirm(h, weekly, after.id(), byForm())))
                .isInstanceOf(GrantOutcome.Granted.class);
        assertThat(suppressed(KIM, weekly)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void searchFindsByAddressThenDomainThenPartOrName(Databases.Kind kind) {
        open(kind);
        grantedAs("Kim@naver.com", "김수탉");
        grantedAs("lee_1@naver.com", "이암탉");
        grantedAs("leex1@daum.net", "100% Lee");
        assertThat(search("kim@NAVER.com")).containsExactly("Kim@naver.com");
        assertThat(search("naver.com")).containsExactly("Kim@naver.com", "lee_1@naver.com");
        assertThat(search("@naver.com")).hasSize(2);
        assertThat(search("수탉")).containsExactly("Kim@naver.com");
        assertThat(search("lee_1")).as("_ is no wildcard").containsExactly("lee_1@naver.com");
        assertThat(search("100%")).containsExactly("leex1@daum.net");
        assertThat(search("nobody")).isEmpty();
    }

    private List<String> search(String text) {
        return tx((Handle h) -> subscribers.search(h, text, hashes, 10)).stream()
                .map(found -> found.address().text())
                .toList();
    }

    private void grantedAs(String address, String name) {
        NewSubscriber person = new NewSubscriber(EmailAddress.of(address), name, null, Map.of());
        tx((Handle h) -> subscribing.grant(h, weekly, person, byOperator()));
    }

    private void fillLedgerOf(Subscriber kim) {
        database.jdbi().useHandle(h -> {
            Instant now = clock.instant();
            h.execute(
                    "insert into delivery (edition_id, seq, subscriber_id, version, provider, state, reply, updated_at)"
                            + " select 1, 1, ?, 1, 'naver', 'rejected', '550 <kim@naver.com> unknown', ? where 1 = 0",
                    kim.id().value(),
                    now);
            h.execute(
                    "insert into bounce (fingerprint, received_at, source, kind, subscriber_id, address, category, verdict,"
                            + " diagnostic) values ('f', ?, 'smtp', 'bounce', ?, 'kim@naver.com', 'x', 'hard', '<kim@naver.com>')",
                    now,
                    kim.id().value());
            h.execute(
                    "insert into feedback (edition_id, subscriber_id, vote, comment, at) values (1, ?, 'good', 'kim', ?)",
                    kim.id().value(),
                    now);
            h.execute(
                    "insert into notice (public_id, kind, person_hash, cause, recipient, language, payload, state, next_attempt_at,"
                            + " created_at, expires_at) values (1, 'welcome', ?, 'c', 'kim@naver.com', 'ko', '{}', 'queued', ?, ?, ?)",
                    kim.addressHash(),
                    now,
                    now,
                    now);
        });
    }

    private List<String> everyTextIn(String... tables) {
        List<String> texts = new ArrayList<>();
        for (String table : tables) {
            tx((Handle h) -> h.createQuery("select * from " + table).mapToMap().list())
                    .forEach(row -> row.values().forEach(value -> texts.add(String.valueOf(value))));
        }
        return texts;
    }

    private Subscriber requested(NewsletterId newsletter, EmailAddress address, Evidence evidence) {
        RequestOutcome outcome =
                tx((Handle h) -> subscribing.request(h, newsletter, NewSubscriber.of(address), evidence));
        return ((RequestOutcome.ToBeConfirmed) outcome).subscriber();
    }

    private Subscriber granted(NewsletterId newsletter, EmailAddress address) {
        GrantOutcome outcome =
                tx((Handle h) -> subscribing.grant(h, newsletter, NewSubscriber.of(address), byOperator()));
        return ((GrantOutcome.Granted) outcome).subscriber();
    }

    private boolean refuse(Subscriber subscriber, NewsletterId newsletter, RefusalScope scope) {
        return tx((Handle h) -> subscribing.refuse(h, newsletter, subscriber.id(), byPage(), scope));
    }

    private SubscriptionState state(Subscriber subscriber, NewsletterId newsletter) {
        return tx((Handle h) ->
                subscriptions.find(h, newsletter, subscriber.id()).orElseThrow().state());
    }

    private Optional<SuppressionReason> suppressed(EmailAddress address, NewsletterId newsletter) {
        return tx(
                h -> suppressions.find(h, hashes.of(address.key()), newsletter).map(Suppression::reason));
    }

    private List<RefusalEntry> logged() {
        List<RefusalEntry> entries = new ArrayList<>();
        assertThat(log.forEach(entries::add)).isZero();
        return entries;
    }

    private Evidence byForm() {
        return Evidence.of(clock.instant(), ConsentMethod.FORM, "/weekly");
    }

    private Evidence byPage() {
        return Evidence.of(clock.instant(), ConsentMethod.PAGE, "/u");
    }

    private Evidence byOperator() {
        return Evidence.of(clock.instant(), ConsentMethod.OPERATOR, "subscriber add");
    }

    private <T> T tx(Function<Handle, T> work) {
        return database.jdbi().inTransaction(work::apply);
    }
}
