package dev.rooster.report;

import dev.rooster.db.Database;
import dev.rooster.issue.EmptySlotReminders;
import dev.rooster.issue.IssueQueue;
import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.newsletter.Slot;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Puts the reminders that {@link EmptySlotReminders} finds due into the outbox; each is sent once, however often this runs. */
public final class RemindOfEmptySlots {
    private final Database database;
    private final IssueQueue queue;
    private final Newsletters newsletters;
    private final Notices notices;

    public RemindOfEmptySlots(Database database, IssueQueue queue, Newsletters newsletters, Notices notices) {
        this.database = database;
        this.queue = queue;
        this.newsletters = newsletters;
        this.notices = notices;
    }

    /** Reminds of what is due; answers how many reminders are new. */
    public int runDue(Instant now) {
        int reminded = 0;
        for (Newsletter newsletter : newsletters) {
            reminded += EmptySlotReminders.due(
                            queue.plan(newsletter),
                            newsletter.settings().zone(),
                            newsletter.settings().review().workingDays(),
                            now)
                    .map(reminder -> remind(newsletter, reminder))
                    .orElse(0);
        }
        return reminded;
    }

    private int remind(Newsletter newsletter, EmptySlotReminders.Reminder reminder) {
        Slot slot = reminder.slot();
        return database.jdbi()
                .inTransaction(handle -> notices.enqueueForOperators(
                        NoticeKind.REMINDER,
                        newsletter,
                        "slot " + slot.date() + " empty " + reminder.number(),
                        Map.of("date", slot.date().toString(), "slot", words(newsletter, slot)),
                        handle));
    }

    private static String words(Newsletter newsletter, Slot slot) {
        Language language = newsletter.settings().language();
        String pattern = language == Language.KO ? "M월 d일(E) HH:mm" : "EEE d MMM HH:mm";
        return DateTimeFormatter.ofPattern(pattern, language.locale())
                .format(slot.at().atZone(newsletter.settings().zone()));
    }
}
