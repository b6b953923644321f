package dev.rooster.report;

import dev.rooster.db.Database;
import dev.rooster.issue.IssueQueue;
import dev.rooster.issue.QueuePlan;
import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.newsletter.Slot;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * Reminds operators in working hours that a slot has no issue: two working days before at 10:00, one working day before at 10:00
 * and at 17:00, in the newsletter's zone. Working days are Monday to Friday; holidays are not known. Each is sent once, however
 * often this runs; one that is more than two hours late is not sent.
 */
public final class RemindOfEmptySlots {
    private static final LocalTime MORNING = LocalTime.of(10, 0);
    private static final LocalTime EVENING = LocalTime.of(17, 0);
    private static final long LATE_HOURS_MAX = 2;

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

    /** Puts the reminders that are due into the outbox; answers how many are new. */
    public int runDue(Instant now) {
        int reminded = 0;
        for (Newsletter newsletter : newsletters) {
            for (QueuePlan.Place place : queue.plan(newsletter).places()) {
                if (place.issue().isEmpty()) {
                    reminded += remind(newsletter, place.slot(), now);
                }
            }
        }
        return reminded;
    }

    private int remind(Newsletter newsletter, Slot slot, Instant now) {
        int reminded = 0;
        for (ZonedDateTime moment : moments(newsletter, slot)) {
            Instant at = moment.toInstant();
            if (!now.isBefore(at) && now.isBefore(at.plusSeconds(LATE_HOURS_MAX * 3600)) && now.isBefore(slot.at())) {
                reminded += database.jdbi()
                        .inTransaction(handle -> notices.enqueueForOperators(
                                NoticeKind.REMINDER,
                                newsletter,
                                "slot " + slot.date() + " empty " + moment.toLocalDateTime(),
                                Map.of("date", slot.date().toString(), "slot", words(newsletter, slot)),
                                handle));
            }
        }
        return reminded;
    }

    static List<ZonedDateTime> moments(Newsletter newsletter, Slot slot) {
        LocalDate one = workingDayBefore(slot.date());
        LocalDate two = workingDayBefore(one);
        var zone = newsletter.settings().zone();
        return List.of(
                two.atTime(MORNING).atZone(zone),
                one.atTime(MORNING).atZone(zone),
                one.atTime(EVENING).atZone(zone));
    }

    private static LocalDate workingDayBefore(LocalDate date) {
        LocalDate day = date.minusDays(1);
        while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            day = day.minusDays(1);
        }
        return day;
    }

    private static String words(Newsletter newsletter, Slot slot) {
        Language language = newsletter.settings().language();
        String pattern = language == Language.KO ? "M월 d일(E) HH:mm" : "EEE d MMM HH:mm";
        return DateTimeFormatter.ofPattern(pattern, language.locale())
                .format(slot.at().atZone(newsletter.settings().zone()));
    }
}
