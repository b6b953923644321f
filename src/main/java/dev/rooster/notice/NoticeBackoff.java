package dev.rooster.notice;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** When a notice is tried again (RFC 5321 §4.5.4.1: two tries in the first hour, then every few hours). Pure. */
final class NoticeBackoff {
    private static final List<Duration> STEPS = List.of(
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2));

    private NoticeBackoff() {}

    /**
     * @param attempts tries so far, at least 1
     * @return up to a fifth longer than the step, so that many don't come back at once
     */
    static Duration after(int attempts, RandomGenerator random) {
        long millis = STEPS.get(Math.min(attempts, STEPS.size()) - 1).toMillis();
        return Duration.ofMillis(millis + random.nextLong(millis / 5));
    }
}
