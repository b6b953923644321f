package dev.rooster.review;

import dev.rooster.db.Database;
import dev.rooster.db.JdbiInstallation;
import dev.rooster.delivery.IssueContent;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueQueue;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.issue.QueuePlan;
import dev.rooster.language.Messages;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.LocalMoment;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.newsletter.Slot;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts proofs and staff copies that are due into the outbox of notices. Runs as often as anybody likes, on as many nodes as
 * there are: a moment and its copies are written in one transaction, once. What was missed while nothing ran goes out late,
 * as long as the readers have not got the issue. An issue that can't be rendered has no proof: operators are told, and the
 * proof goes out when it is mended. Thread-safe.
 */
public final class RunDueMoments {
    private static final Logger LOG = LoggerFactory.getLogger(RunDueMoments.class);

    private final Database database;
    private final Newsletters newsletters;
    private final IssueQueue queue;
    private final IssueContent content;
    private final Notices notices;
    private final Rehearse rehearse;
    private final RandomGenerator random;
    private final JdbiMoments moments = new JdbiMoments();
    private final JdbiIssues issues = new JdbiIssues();
    private final JdbiInstallation installation = new JdbiInstallation();

    /** @param random unpredictable: a moment's public id is named in links */
    public RunDueMoments(
            Database database,
            Newsletters newsletters,
            IssueQueue queue,
            IssueContent content,
            Notices notices,
            Rehearse rehearse,
            RandomGenerator random) {
        this.database = database;
        this.newsletters = newsletters;
        this.queue = queue;
        this.content = content;
        this.notices = notices;
        this.rehearse = rehearse;
        this.random = random;
    }

    /** Does what is due at {@code now}; returns how many mails were put into the outbox, alarms included. */
    public int runDue(Instant now) {
        int mails = 0;
        for (Newsletter newsletter : newsletters) {
            if (newsletter.settings().review().reviewers().isEmpty()
                    && newsletter.settings().review().staff().isEmpty()) {
                continue;
            }
            for (QueuePlan.Place place : queue.plan(newsletter).places()) {
                for (Moment moment : Moment.values()) {
                    if (place.issue().isPresent() && moment.isDue(place.slot(), newsletter.settings(), now)) {
                        mails += run(newsletter, place.slot(), place.issue().get(), moment, now);
                    }
                }
            }
        }
        return mails;
    }

    private int run(Newsletter newsletter, Slot slot, IssueId issue, Moment moment, Instant now) {
        boolean over = database.jdbi()
                .withHandle(handle -> moments.exists(handle, newsletter.id(), slot.date(), moment, issue)
                        || installation.heldReason(handle).isPresent());
        if (over) {
            return 0;
        }
        // Before the transaction: it asks the network, and nobody must wait for that.
        Rehearsal rehearsal = moment == Moment.PROOF ? rehearse.run(newsletter, issue, slot) : Rehearsal.NONE;
        return database.jdbi().inTransaction(handle -> {
            queue.lock(handle, newsletter);
            if (moments.exists(handle, newsletter.id(), slot.date(), moment, issue)
                    || !slot.equals(queue.slotOf(handle, newsletter, issue).orElse(null))) {
                return 0; // another node was faster, or the queue has changed
            }
            IssueContent.Answer answer = content.find(handle, newsletter, issue, Optional.of(slot.date()));
            return answer instanceof IssueContent.Answer.Ready
                    ? send(handle, newsletter, slot, issue, moment, rehearsal, now)
                            + tell(handle, newsletter, slot, issue, rehearsal)
                    : alarm(handle, newsletter, slot, issue, moment, answer);
        });
    }

    private int send(
            Handle handle,
            Newsletter newsletter,
            Slot slot,
            IssueId issue,
            Moment moment,
            Rehearsal rehearsal,
            Instant now) {
        long publicId = random.nextLong(1, Long.MAX_VALUE);
        moments.insert(
                handle,
                new PastMoment(
                        newsletter.id(),
                        slot.date(),
                        moment,
                        issue,
                        publicId,
                        true,
                        moment.plannedAt(slot, newsletter.settings()),
                        now,
                        issues.textHash(handle, issue).orElse("")),
                rehearsal);
        int mails = 0;
        for (EmailAddress person : moment.recipients(newsletter.settings().review())) {
            boolean isNew = notices.enqueueCopy(
                    moment.notice(),
                    person,
                    moment.word() + " " + slot.date() + " issue " + issue,
                    newsletter,
                    Map.of(CopyMails.MOMENT, Long.toString(publicId)),
                    slot.at(),
                    handle);
            mails += isNew ? 1 : 0;
        }
        LOG.info("The {} of issue {} for slot {} goes to {}", moment.word(), issue, slot.date(), mails);
        return mails;
    }

    /** What would stop the send is an alarm now, while there is time to mend it. */
    private int tell(Handle handle, Newsletter newsletter, Slot slot, IssueId issue, Rehearsal rehearsal) {
        if (rehearsal.stops().isEmpty()) {
            return 0;
        }
        Messages messages =
                Messages.of(RunDueMoments.class, newsletter.settings().language());
        String when =
                LocalMoment.of(newsletter, slot.at(), newsletter.settings().language());
        String stops = rehearsal.stops().stream()
                .map(finding -> finding.mend().isEmpty() ? finding.words() : finding.words() + "\n→ " + finding.mend())
                .collect(Collectors.joining("\n\n"));
        return notices.enqueueForOperators(
                NoticeKind.ALARM,
                newsletter,
                "slot " + slot.date() + " rehearsal issue " + issue,
                Map.of(
                        "subject",
                        messages.text("rehearsal.stops.subject", issue.toString(), when),
                        "body",
                        messages.text("rehearsal.stops", issue.toString(), when, stops)),
                handle);
    }

    private int alarm(
            Handle handle, Newsletter newsletter, Slot slot, IssueId issue, Moment moment, IssueContent.Answer answer) {
        Messages messages =
                Messages.of(RunDueMoments.class, newsletter.settings().language());
        String faults = answer instanceof IssueContent.Answer.Faulty faulty
                ? faulty.words().apply(newsletter.settings().language())
                : "";
        String when =
                LocalMoment.of(newsletter, slot.at(), newsletter.settings().language());
        return notices.enqueueForOperators(
                NoticeKind.ALARM,
                newsletter,
                "slot " + slot.date() + " " + moment.word() + " issue " + issue,
                Map.of(
                        "subject",
                        messages.text("moment.faulty.subject", issue.toString()),
                        "body",
                        messages.text("moment.faulty." + moment.word(), issue.toString(), when, faults)),
                handle);
    }
}
