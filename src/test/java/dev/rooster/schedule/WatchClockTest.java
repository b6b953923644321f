package dev.rooster.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.ClockOffset;
import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WatchClockTest {
    private static final Instant NOW = Instant.parse("2026-12-02T12:00:00Z");

    private static Database database(Databases.Kind kind) {
        return Databases.open(kind);
    }

    /** @param ahead how far this machine's clock is from the true one; negative: behind */
    private static WatchClock watch(Database database, Duration ahead) {
        InstantSource here = () -> Instant.now().plus(ahead);
        Newsletters newsletters = new JdbiNewsletters(database.jdbi(), new Random(1), here)
                .register(List.of(newsletter("one", "desk@example.com"), newsletter("two", "desk@example.com")));
        Notices notices = new Notices(
                KeyRing.create(Databases.temporaryFolder().resolve("keys"), new SecureRandom())
                        .addressHash(),
                NoticeSettings.defaults(),
                database.dialect(),
                here,
                new Random(2));
        return new WatchClock(database, newsletters, notices, here);
    }

    private static dev.rooster.newsletter.NewsletterSettings newsletter(String name, String operator) {
        return new NewsletterSettingsBuilder(
                        name, "News", EmailAddress.of("news@example.com"), SlotRule.of("WED 07:00"))
                .operators(List.of(EmailAddress.of(operator)))
                .build();
    }

    private static List<String> told(Database database) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select kind || ' ' || cause from notice order by id")
                        .mapTo(String.class)
                        .list());
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aClockThatIsRightEnoughIsNotTalkedAbout(Databases.Kind kind) {
        try (Database database = database(kind)) {
            assertThat(watch(database, Duration.ZERO).runDue(NOW)).isZero();
            assertThat(watch(database, ClockOffset.MAX.minusSeconds(2)).runDue(NOW))
                    .isZero();
            assertThat(told(database)).isEmpty();
        }
    }

    static List<Duration> wrongClocks() {
        return List.of(Duration.ofMinutes(5), Duration.ofMinutes(-5));
    }

    @ParameterizedTest
    @MethodSource("wrongClocks")
    void aWrongClockIsAnAlarmForEachOperatorOnceADay(Duration ahead) {
        for (Databases.Kind kind : Databases.Kind.values()) {
            try (Database database = database(kind)) {
                WatchClock watch = watch(database, ahead);
                assertThat(watch.runDue(NOW)).isEqualTo(1);
                assertThat(watch.runDue(NOW.plusSeconds(3600))).isZero();
                assertThat(told(database)).containsExactly("alarm clock 2026-12-02");
                assertThat(watch.runDue(NOW.plus(Duration.ofDays(1)))).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theAlarmSaysByHowMuch(Databases.Kind kind) {
        try (Database database = database(kind)) {
            watch(database, Duration.ofSeconds(400)).runDue(NOW);
            String payload = database.jdbi()
                    .withHandle(handle -> handle.createQuery("select payload from notice order by id limit 1")
                            .mapTo(String.class)
                            .one());
            assertThat(payload).containsPattern("(399|400)초");
        }
    }
}
