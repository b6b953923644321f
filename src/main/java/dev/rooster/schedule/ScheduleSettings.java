package dev.rooster.schedule;

import java.time.Duration;

/**
 * How the schedule wakes.
 *
 * @param slots how often slots are looked at; also the worst lateness of their start
 * @param notices how often the outbox of notices is looked at, besides right after something was put in
 * @param retries how often unfinished editions are looked at
 * @param alarmAfter a slot that has not started this long after its time raises an alarm
 * @param threads worker threads of Quartz, 1 to 16
 * @param stopWait how long stopping waits for work under way
 */
public record ScheduleSettings(
        Duration slots, Duration notices, Duration retries, Duration alarmAfter, int threads, Duration stopWait) {

    public ScheduleSettings {
        if (threads < 1 || threads > 16) {
            throw new IllegalArgumentException("threads must be 1 to 16, found " + threads);
        }
    }

    public static ScheduleSettings defaults() {
        return new ScheduleSettings(
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                4,
                Duration.ofSeconds(10));
    }
}
