package dev.rooster.notice;

import dev.rooster.db.Database;
import dev.rooster.db.JdbiInstallation;
import dev.rooster.newsletter.Newsletters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells alarms by HTTP, besides the mails: when the mail is what failed, somebody must know. Run it on every node, on a thread that
 * neither Quartz nor a send needs. An alarm is tried again for a day, and told at least once: a process that ends between the
 * call and its commit tells it again. Thread-safe.
 */
public final class CallAlarms {
    private static final Logger LOG = LoggerFactory.getLogger(CallAlarms.class);
    private static final int CALLS_MAX = 20;
    private static final Duration RETRY_FIRST = Duration.ofMinutes(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(30);
    private static final Duration KEPT = Duration.ofDays(30);

    private final Database database;
    private final Newsletters newsletters;
    private final AlarmRoad road;
    private final JdbiAlarmCalls table;
    private final JdbiInstallation installation = new JdbiInstallation();

    public CallAlarms(Database database, Newsletters newsletters, AlarmRoad road) {
        this.database = database;
        this.newsletters = newsletters;
        this.road = road;
        this.table = new JdbiAlarmCalls(database.dialect());
    }

    /** Tells what is due at {@code now}; returns how many were taken at the other end. */
    public int runDue(Instant now) {
        List<AlarmCall> due = database.jdbi().inTransaction(handle -> {
            if (installation.heldReason(handle).isPresent()) {
                return List.<AlarmCall>of();
            }
            table.expire(handle, now.minus(NoticeKind.ALARM.lifetime()), now.minus(KEPT));
            return table.due(handle, now, CALLS_MAX);
        });
        int told = 0;
        for (AlarmCall call : due) {
            told += tell(call, now) ? 1 : 0;
        }
        return told;
    }

    private boolean tell(AlarmCall call, Instant now) {
        boolean mine = database.jdbi().inTransaction(handle -> table.take(handle, call, now.plus(wait(call))));
        if (!mine) {
            return false;
        }
        String newsletter = newsletters
                .find(call.newsletter())
                .map(found -> found.settings().title())
                .orElse("");
        if (!road.tell(newsletter, call.subject(), call.body(), call.createdAt())) {
            LOG.warn(
                    "Alarm {} was not taken by the address in alarms.url; it is tried again in {}",
                    call.id(),
                    wait(call));
            return false;
        }
        database.jdbi().useTransaction(handle -> table.accepted(handle, call));
        return true;
    }

    private static Duration wait(AlarmCall call) {
        Duration wait = RETRY_FIRST.multipliedBy(1L << Math.min(call.attempts(), 5));
        return wait.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : wait;
    }
}
