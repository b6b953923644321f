package dev.rooster.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {
    private static final Duration SELDOM = Duration.ofHours(1);

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void everyWakeIsLookedAtOnceAtTheStartAndAgainWhenNudged(Databases.Kind kind) throws Exception {
        CountDownLatch cluster = new CountDownLatch(2);
        CountDownLatch node = new CountDownLatch(2);
        try (Database database = Databases.open(kind);
                Schedule schedule = schedule(
                        database,
                        Wake.onOneNode("slots", SELDOM, now -> cluster.countDown()),
                        Wake.onEveryNode("watch", SELDOM, now -> node.countDown()))) {
            schedule.start();
            until(() -> cluster.getCount() == 1 && node.getCount() == 1);
            schedule.nudge("slots");
            schedule.nudge("watch");
            assertThat(cluster.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(node.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void theSettingsOfThisStartReplaceWhatAnOlderStartLeft(Databases.Kind kind) throws Exception {
        try (Database database = Databases.open(kind)) {
            try (Schedule old = schedule(
                    database, Wake.onOneNode("slots", SELDOM, now -> {}), Wake.onOneNode("gone", SELDOM, now -> {}))) {
                old.start();
            }
            try (Schedule fresh = schedule(database, Wake.onOneNode("slots", Duration.ofHours(2), now -> {}))) {
                fresh.start();
                assertThat(fresh.nextOf("gone")).isNull();
                assertThat(fresh.nextOf("slots").getEpochSecond() % 7200).isZero();
                long interval = database.jdbi()
                        .withHandle(handle -> handle.createQuery(
                                        "select repeat_interval from qrtz_simple_triggers where trigger_name = 'slots'")
                                .mapTo(Long.class)
                                .one());
                assertThat(interval).isEqualTo(7_200_000);
            }
        }
    }

    @Test
    void aFailingWakeIsCountedAndWokenAgain() throws Exception {
        CountDownLatch tries = new CountDownLatch(2);
        try (Database database = Databases.h2();
                Schedule schedule = schedule(database, Wake.onOneNode("slots", SELDOM, now -> {
                    tries.countDown();
                    throw new IllegalStateException("the first thing that came to mind");
                }))) {
            schedule.start();
            until(() -> schedule.runs().last().containsKey("slots"));
            assertThat(schedule.runs().last().get("slots").failed()).isTrue();
            schedule.nudge("slots");
            assertThat(tries.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aScheduleThatStandsStillIsNoticed(Databases.Kind kind) throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        InstantSource clock = () -> InstantSource.system().instant().plus(ahead.get());
        Duration patience = Duration.ofMinutes(5);
        try (Database database = Databases.open(kind);
                Schedule schedule = Schedule.over(
                        database,
                        ScheduleSettings.defaults(),
                        List.of(Wake.onOneNode("slots", SELDOM, now -> {}), Wake.onOneNode("broken", SELDOM, now -> {
                            throw new IllegalStateException("on purpose");
                        })),
                        clock)) {
            schedule.start();
            until(() -> schedule.runs().last().size() == 2);
            assertThat(schedule.trouble("slots", patience)).isEmpty();
            assertThat(schedule.trouble("broken", patience)).contains("broken failed");
            assertThat(schedule.trouble("unknown", patience)).isPresent();
            ahead.set(SELDOM.multipliedBy(2));
            assertThat(schedule.trouble("slots", patience)).isPresent();
        }
    }

    @Test
    void wakesFallOnWholeMultiplesOfTheirRhythm() {
        Wake everyMinute = Wake.onOneNode("slots", Duration.ofMinutes(1), now -> {});
        assertThat(everyMinute.nextAfter(Instant.parse("2026-12-02T06:59:59.5Z")))
                .isEqualTo(Instant.parse("2026-12-02T07:00:00Z"));
        assertThat(everyMinute.nextAfter(Instant.parse("2026-12-02T07:00:00Z")))
                .isEqualTo(Instant.parse("2026-12-02T07:01:00Z"));
    }

    private static Schedule schedule(Database database, Wake... wakes) {
        return Schedule.over(database, ScheduleSettings.defaults(), List.of(wakes), InstantSource.system());
    }

    /** Waits for another thread, at most half a minute. */
    private static void until(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited half a minute").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
