package dev.rooster.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.JdbiNewsletters;
import dev.rooster.newsletter.NewsletterSettingsBuilder;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.newsletter.SlotRule;
import dev.rooster.notice.NoticeSettings;
import dev.rooster.notice.Notices;
import dev.rooster.token.KeyRing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WatchDeferralsTest {
    private static final Instant START = Instant.parse("2026-12-01T22:00:00Z");

    /** Edition 7 of issue 12 with so many deliveries at gmail and at naver; an operator reads the alarms. */
    private static final class Desk implements AutoCloseable {
        final SettableClock clock = new SettableClock(START);
        final Database database;
        final WatchDeferrals watch;
        private final long newsletter;

        Desk(Databases.Kind kind, Language language) {
            database = Databases.open(kind);
            Newsletters newsletters = new JdbiNewsletters(database.jdbi(), new Random(1), clock)
                    .register(List.of(new NewsletterSettingsBuilder(
                                    "ai-weekly", "AI 주간 브리핑", EmailAddress.of("news@kkok.kr"), SlotRule.of("WED 07:00"))
                            .language(language)
                            .operators(List.of(EmailAddress.of("desk@kkok.kr")))
                            .build()));
            newsletter = newsletters.all().get(0).id().value();
            KeyRing keys = KeyRing.create(Databases.temporaryFolder().resolve("keys"), new SecureRandom());
            Notices notices = new Notices(
                    keys.addressHash(), NoticeSettings.defaults(), database.dialect(), clock, new Random(2));
            watch = new WatchDeferrals(database, notices, newsletters, DeferralSettings.defaults());
            execute(
                    "insert into issue (id, newsletter_id, title, subject, state, source_name, source, source_hash, created_at,"
                            + " updated_at) values (12, ?, 't', 's', 'sending', 'a.md', '#', 'h', ?, ?)",
                    newsletter,
                    START,
                    START);
            execute(
                    "insert into edition (id, public_id, issue_id, newsletter_id, state, version, epoch, recipients, created_at,"
                            + " ready_at, expires_at) values (7, 77, 12, ?, 'sending', 1, 1, 1000, ?, ?, ?)",
                    newsletter,
                    START,
                    START,
                    START.plus(Duration.ofHours(24)));
        }

        private void execute(String sql, Object... values) {
            database.jdbi().useHandle(handle -> handle.execute(sql, values));
        }

        void provider(String name, int recipients, int answered) {
            execute(
                    "insert into edition_provider (edition_id, provider, recipients, answered) values (7, ?, ?, ?)",
                    name,
                    recipients,
                    answered);
        }

        /** So many deliveries were put off at the start, and are still. */
        void putOff(String provider, int from, int deliveries, String reply) {
            for (int seq = from; seq < from + deliveries; seq++) {
                String said = reply.replace("ID", Integer.toHexString(seq * 7919));
                execute(
                        "insert into delivery (edition_id, seq, subscriber_id, version, provider, state, attempts, reply,"
                                + " next_attempt_at, updated_at) values (7, ?, ?, 1, ?, 'deferred', 1, ?, ?, ?)",
                        seq,
                        seq,
                        provider,
                        said,
                        START.plus(Duration.ofMinutes(15)),
                        START);
                execute(
                        "insert into attempt (edition_id, seq, at, relay, outcome, reply) values (7, ?, ?, 'default', 'deferred', ?)",
                        seq,
                        START,
                        said);
            }
        }

        int after(Duration time) {
            clock.set(START.plus(time));
            return watch.runDue(clock.instant());
        }

        List<String> told() {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("select cause from notice order by id")
                            .mapTo(String.class)
                            .list());
        }

        String text() {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("select payload from notice")
                            .mapTo(String.class)
                            .one());
        }

        @Override
        public void close() {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aProviderThatPutsAFifthOffForTenMinutesIsToldOnceWithItsWordsAndTheChoices(Databases.Kind kind) {
        try (Desk desk = new Desk(kind, Language.EN)) {
            desk.provider("gmail", 300, 200);
            desk.provider("naver", 700, 690);
            desk.putOff("gmail", 1, 61, "451 4.7.0 rate limited for reader@gmail.com, try later ID");
            desk.putOff("gmail", 62, 9, "450 4.2.1 busy");
            desk.putOff("naver", 100, 10, "450 4.2.0 greylisted");
            assertThat(desk.after(Duration.ofMinutes(9))).isZero();
            assertThat(desk.after(Duration.ofMinutes(10))).isEqualTo(1);
            assertThat(desk.after(Duration.ofMinutes(11))).isZero();
            assertThat(desk.told()).containsExactly("edition 7 deferred.gmail");
            assertThat(desk.text())
                    .contains("70 of 300 deliveries to gmail", "451 4.7.0 rate limited for …@gmail.com, try later")
                    .contains(
                            "the next try is at 12-02 07:15",
                            "another relay",
                            "at 12-03 07:00 Rooster does so by itself")
                    .doesNotContain("reader@");
        }
    }

    @Test
    void itIsSaidInKoreanToo() {
        try (Desk desk = new Desk(Databases.Kind.H2, Language.KO)) {
            desk.provider("gmail", 300, 200);
            desk.provider("naver", 700, 690);
            desk.putOff("gmail", 1, 70, "450 4.2.1 busy");
            assertThat(desk.after(Duration.ofMinutes(10))).isEqualTo(1);
            assertThat(desk.text()).contains("gmail로 보내는 300건 가운데 70건", "기다리기", "다른 릴레이로 보내기", "그만두기: 12-03 07:00");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void fewOrASmallShareAreNoAlarmButAreToldWhenHalfTheTimeIsOver(Databases.Kind kind) {
        try (Desk desk = new Desk(kind, Language.EN)) {
            desk.provider("gmail", 100, 50);
            desk.provider("naver", 900, 800);
            desk.putOff("gmail", 1, 49, "450 4.2.1 busy");
            desk.putOff("naver", 100, 60, "450 4.2.0 greylisted");
            assertThat(desk.after(Duration.ofHours(11))).isZero();
            assertThat(desk.after(Duration.ofHours(12))).isEqualTo(1);
            assertThat(desk.after(Duration.ofHours(13))).isZero();
            assertThat(desk.told()).containsExactly("edition 7 still deferred");
            assertThat(desk.text()).contains("109 deliveries are still put off (gmail 49, naver 60)");
        }
    }

    @Test
    void whenNobodyTakesItsShareItIsSaidOnceForAll() {
        try (Desk desk = new Desk(Databases.Kind.H2, Language.EN)) {
            desk.provider("gmail", 300, 0);
            desk.provider("naver", 300, 0);
            desk.putOff("gmail", 1, 100, "451 4.3.0 out of order");
            desk.putOff("naver", 301, 100, "451 4.3.0 out of order");
            assertThat(desk.after(Duration.ofMinutes(20))).isEqualTo(1);
            assertThat(desk.after(Duration.ofMinutes(30))).isZero();
            assertThat(desk.told()).containsExactly("edition 7 deferred");
        }
    }

    @Test
    void aPausedProviderWasToldAlready() {
        try (Desk desk = new Desk(Databases.Kind.H2, Language.EN)) {
            desk.provider("gmail", 300, 0);
            desk.provider("naver", 700, 700);
            desk.putOff("gmail", 1, 100, "550 5.7.26 no");
            desk.execute("update edition_provider set paused_at = ? where provider = 'gmail'", START);
            assertThat(desk.after(Duration.ofMinutes(20))).isZero();
        }
    }
}
