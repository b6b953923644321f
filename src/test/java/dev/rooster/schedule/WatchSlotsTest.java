package dev.rooster.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.issue.IssueQueue;
import dev.rooster.issue.RunDueSlots;
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
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WatchSlotsTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    /** A newsletter every Wednesday 07:00 in Seoul with an empty queue; the clock starts on the Thursday before. */
    private static final class Desk implements AutoCloseable {
        final SettableClock clock = SettableClock.at("2026-11-26T00:00:00Z");
        final Database database;
        final Newsletters newsletters;
        final IssueQueue queue;
        final RunDueSlots slots;
        final WatchSlots watch;

        Desk(Databases.Kind kind) {
            database = Databases.open(kind);
            newsletters = new JdbiNewsletters(database.jdbi(), new Random(1), clock)
                    .register(List.of(new NewsletterSettingsBuilder(
                                    "ai-weekly", "AI 주간 브리핑", EmailAddress.of("news@kkok.kr"), SlotRule.of("WED 07:00"))
                            .operators(List.of(EmailAddress.of("desk@kkok.kr")))
                            .build()));
            KeyRing keys = KeyRing.create(Databases.temporaryFolder().resolve("keys"), new SecureRandom());
            queue = new IssueQueue(database, clock);
            slots = new RunDueSlots(
                    database, (handle, newsletter, issue, slot) -> "the relay is not configured", clock);
            Notices notices = new Notices(
                    keys.addressHash(), NoticeSettings.defaults(), database.dialect(), clock, new Random(2));
            watch = new WatchSlots(database, newsletters, queue, slots, notices, Duration.ofMinutes(5));
        }

        int at(String local) {
            clock.set(java.time.LocalDateTime.parse(local).atZone(SEOUL).toInstant());
            return watch.runDue(clock.instant());
        }

        List<String> told() {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("select kind || ' ' || cause from notice order by id")
                            .mapTo(String.class)
                            .list());
        }

        @Override
        public void close() {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anAnswerThatWasNotToldBeforeTheProcessEndedIsToldLaterAndOnce(Databases.Kind kind) {
        try (Desk desk = new Desk(kind)) {
            desk.clock.set(Instant.parse("2026-12-01T22:00:00Z"));
            desk.slots.run(desk.newsletters);
            assertThat(desk.at("2026-12-02T07:01:00")).isEqualTo(1);
            assertThat(desk.at("2026-12-02T07:02:00")).isZero();
            assertThat(desk.told()).containsExactly("alarm slot 2026-12-02 EMPTY");
        }
    }

    @Test
    void aSlotThatNobodyAnsweredForAlarmsAfterMinutesAndOnce() {
        try (Desk desk = new Desk(Databases.Kind.H2)) {
            assertThat(desk.at("2026-12-02T07:04:59")).isZero();
            assertThat(desk.at("2026-12-02T07:05:01")).isEqualTo(1);
            assertThat(desk.at("2026-12-02T07:06:00")).isZero();
            assertThat(desk.told()).containsExactly("alarm slot 2026-12-02 late");
        }
    }
}
