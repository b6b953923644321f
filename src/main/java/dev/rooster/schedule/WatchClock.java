package dev.rooster.schedule;

import dev.rooster.db.ClockOffset;
import dev.rooster.db.Database;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alarms operators, once a day, when this machine's clock has drifted from the database's: its slots would fire at the wrong time, and
 * its retries come too early or too late. Run it on every node. Thread-safe.
 */
public final class WatchClock {
    private static final Logger LOG = LoggerFactory.getLogger(WatchClock.class);

    private final Database database;
    private final Newsletters newsletters;
    private final Notices notices;
    private final InstantSource clock;

    public WatchClock(Database database, Newsletters newsletters, Notices notices, InstantSource clock) {
        this.database = database;
        this.newsletters = newsletters;
        this.notices = notices;
        this.clock = clock;
    }

    /** Puts in what is to be told at {@code now}; returns how many notices are new. */
    public int runDue(Instant now) {
        ClockOffset offset = ClockOffset.measure(database, clock);
        if (!offset.tooLarge()) {
            return 0;
        }
        long seconds = offset.ahead().toSeconds();
        LOG.error("This machine's clock is {} s from the database's; set it", seconds);
        int told = 0;
        for (Newsletter newsletter : newsletters) {
            Messages texts = Messages.of(WatchClock.class, newsletter.settings().language());
            Map<String, String> payload = Map.of(
                    "subject", texts.text("clock.subject", String.valueOf(seconds)),
                    "body",
                            texts.text(
                                    "clock.body",
                                    String.valueOf(seconds),
                                    String.valueOf(ClockOffset.MAX.toSeconds())));
            told += database.jdbi()
                    .inTransaction(handle -> notices.enqueueForOperators(
                            NoticeKind.ALARM,
                            newsletter,
                            "clock " + LocalDate.ofInstant(now, ZoneOffset.UTC),
                            payload,
                            handle));
        }
        return told;
    }
}
