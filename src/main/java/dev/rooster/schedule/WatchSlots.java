package dev.rooster.schedule;

import dev.rooster.db.Database;
import dev.rooster.issue.IssueQueue;
import dev.rooster.issue.RunDueSlots;
import dev.rooster.issue.SlotRow;
import dev.rooster.issue.SlotState;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.newsletter.Slot;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises the alarm when a slot should have started and has not, or was started and does not get ready; and tells of slots that were held or
 * stayed empty when the process that answered for them ended before it could. Everything is read from the tables at each run
 * and told once, so a restart forgets nothing and repeats nothing. Thread-safe.
 *
 * <p>Run it on every node, on a thread that neither Quartz nor a send needs, and send its notices from there: an alarm must not
 * take the road that failed.
 */
public final class WatchSlots {
    private static final Logger LOG = LoggerFactory.getLogger(WatchSlots.class);
    /** Older answers were told, or are history. */
    private static final Duration TELL_BACK = Duration.ofDays(7);

    private final Database database;
    private final Newsletters newsletters;
    private final IssueQueue queue;
    private final RunDueSlots slots;
    private final Notices notices;
    private final Duration alarmAfter;
    private final JdbiStuckEditions editions = new JdbiStuckEditions();

    /** @param alarmAfter how late a start may be before it alarms */
    public WatchSlots(
            Database database,
            Newsletters newsletters,
            IssueQueue queue,
            RunDueSlots slots,
            Notices notices,
            Duration alarmAfter) {
        this.database = database;
        this.newsletters = newsletters;
        this.queue = queue;
        this.slots = slots;
        this.notices = notices;
        this.alarmAfter = alarmAfter;
    }

    /** Puts in what is to be told at {@code now}; returns how many notices are new. */
    public int runDue(Instant now) {
        int told = 0;
        for (Newsletter newsletter : newsletters) {
            told += tellAnswers(newsletter, now) + alarm(newsletter, now);
        }
        return told;
    }

    private int tellAnswers(Newsletter newsletter, Instant now) {
        LocalDate since =
                LocalDate.ofInstant(now.minus(TELL_BACK), newsletter.settings().zone());
        int told = 0;
        for (SlotRow row : queue.history(newsletter)) {
            if (row.date().isBefore(since)) {
                continue;
            }
            if (row.state() == SlotState.HELD || row.state() == SlotState.EMPTY) {
                told += say(newsletter, row);
            }
        }
        return told;
    }

    /** Whoever answered for the slot has told it already, in the same words to the table's key, unless the process ended in between. */
    private int say(Newsletter newsletter, SlotRow row) {
        String issue = row.issue().map(id -> Long.toString(id.value())).orElse("");
        String what = row.state() == SlotState.HELD ? "held" : "empty";
        return put(
                newsletter,
                cause(row.date(), row.state().name()),
                texts(newsletter, what, row.date().toString(), issue, row.note()));
    }

    private int alarm(Newsletter newsletter, Instant now) {
        int told = 0;
        Optional<Slot> overdue = slots.overdue(newsletter, now.minus(alarmAfter));
        if (overdue.isPresent()) {
            LOG.error(
                    "Slot {} of {} should have started and has not",
                    overdue.get().date(),
                    newsletter.name());
            String when = written(overdue.get(), newsletter);
            told += put(newsletter, cause(overdue.get().date(), "late"), texts(newsletter, "late", when));
        }
        List<JdbiStuckEditions.Stuck> stuck = database.jdbi()
                .withHandle(handle -> editions.preparingSince(handle, newsletter.id(), now.minus(alarmAfter)));
        for (JdbiStuckEditions.Stuck edition : stuck) {
            LOG.error("Edition {} of {} was started and does not get ready", edition.editionId(), newsletter.name());
            told += put(
                    newsletter,
                    "edition " + edition.editionId() + " preparing",
                    texts(newsletter, "preparing", edition.title()));
        }
        return told;
    }

    private int put(Newsletter newsletter, String cause, Map<String, String> payload) {
        return database.jdbi()
                .inTransaction(
                        handle -> notices.enqueueForOperators(NoticeKind.ALARM, newsletter, cause, payload, handle));
    }

    private static String cause(LocalDate slot, String what) {
        return "slot " + slot + " " + what;
    }

    private static Map<String, String> texts(Newsletter newsletter, String what, String... args) {
        Messages messages = Messages.of(WatchSlots.class, newsletter.settings().language());
        return Map.of(
                "subject", messages.text(what + ".subject", (Object[]) args),
                "body", messages.text(what + ".body", (Object[]) args).strip());
    }

    private static String written(Slot slot, Newsletter newsletter) {
        Language language = newsletter.settings().language();
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                .withLocale(language.locale())
                .format(slot.at().atZone(newsletter.settings().zone()));
    }
}
