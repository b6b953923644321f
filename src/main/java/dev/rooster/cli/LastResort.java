package dev.rooster.cli;

import dev.rooster.notice.AlarmRoad;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that alarms can't even be written down: the database does not answer. Once an hour at most, by the one road that
 * needs no database; without such a road only the log and the missing heartbeat tell. One thread at a time.
 */
final class LastResort {
    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);
    private static final Duration ONCE_IN = Duration.ofHours(1);
    /** A database that restarts is no alarm. */
    private static final int FAILURES_MIN = 3;

    private final Optional<AlarmRoad> road;
    private Instant told = Instant.MIN;
    private int failures;

    LastResort(Optional<AlarmRoad> road) {
        this.road = road;
    }

    /** Does the work; what it throws is thrown on. */
    void watch(Instant now, Runnable work) {
        try {
            work.run();
            failures = 0;
        } catch (RuntimeException e) {
            failures++;
            if (failures >= FAILURES_MIN
                    && (told.equals(Instant.MIN) || told.plus(ONCE_IN).isBefore(now))) {
                tell(now, e);
            }
            throw e;
        }
    }

    private void tell(Instant now, RuntimeException e) {
        String what = e.getClass().getSimpleName();
        boolean taken = road.map(open -> open.tell(
                        "",
                        "the database does not answer / 데이터베이스가 응답하지 않습니다",
                        "Slots are not looked at and nothing is sent until it does (" + what + ")."
                                + " It goes on by itself.\n응답할 때까지 발송이 시작되지 않습니다. 돌아오면 저절로 이어집니다.",
                        now))
                .orElse(false);
        if (taken) {
            told = now;
        } else {
            LOG.error("The watch over slots fails and no road is left to tell of it: {}", what);
        }
    }
}
