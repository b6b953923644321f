package dev.rooster.review;

import dev.rooster.db.Database;
import dev.rooster.delivery.Edition;
import dev.rooster.delivery.EditionChange;
import dev.rooster.delivery.EditionState;
import dev.rooster.delivery.Editions;
import dev.rooster.delivery.JdbiEditions;
import dev.rooster.delivery.PauseReason;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueQueue;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.issue.RunDueSlots;
import dev.rooster.issue.SlotResult;
import dev.rooster.issue.SlotState;
import dev.rooster.language.Messages;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import dev.rooster.token.AddressHash;
import dev.rooster.token.Purpose;
import dev.rooster.token.Token;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What reviewers and operators do about an issue before its readers have it: approve it, hold it back, let it go. Effective at
 * the commit, on all nodes: a slot asks in its own transaction, the sending asks before each body. Thread-safe.
 */
public final class ReviewIssue {
    private final Database database;
    private final Newsletters newsletters;
    private final AddressHash hashes;
    private final ReviewLinks links;
    private final JdbiEditions rows;
    private final Editions editions;
    private final IssueQueue queue;
    private final RunDueSlots slots;
    private final Notices notices;
    private final InstantSource clock;
    private final JdbiReviews reviews = new JdbiReviews();
    private final JdbiMoments moments = new JdbiMoments();
    private final JdbiIssues issues = new JdbiIssues();

    public ReviewIssue(
            Database database,
            Newsletters newsletters,
            AddressHash hashes,
            ReviewLinks links,
            JdbiEditions rows,
            Editions editions,
            IssueQueue queue,
            RunDueSlots slots,
            Notices notices,
            InstantSource clock) {
        this.database = database;
        this.newsletters = newsletters;
        this.hashes = hashes;
        this.links = links;
        this.rows = rows;
        this.editions = editions;
        this.queue = queue;
        this.slots = slots;
        this.notices = notices;
        this.clock = clock;
    }

    /** What a link is about; empty when its moment is not known here, or its person is no longer asked. Changes nothing. */
    public Optional<ReviewCase> open(Token token) {
        if (token.purpose() != Purpose.APPROVE && token.purpose() != Purpose.HOLD) {
            return Optional.empty();
        }
        return database.jdbi()
                .withHandle(handle ->
                        moments.findByPublicId(handle, token.edition()).flatMap(moment -> open(handle, token, moment)));
    }

    private Optional<ReviewCase> open(Handle handle, Token token, PastMoment moment) {
        Optional<Newsletter> newsletter =
                newsletters.find(moment.newsletter()).filter(found -> found.publicId() == token.newsletter());
        Optional<String> reviewer = newsletter.flatMap(found -> person(found, token.subscriber()));
        if (reviewer.isEmpty()) {
            return Optional.empty();
        }
        String hash = issues.textHash(handle, moment.issue()).orElse("");
        return issues.find(handle, moment.issue())
                .map(issue -> new ReviewCase(
                        token.purpose(),
                        newsletter.get(),
                        reviewer.get(),
                        moment,
                        issue,
                        rows.findByIssue(handle, issue.id()),
                        queue.slotOf(handle, newsletter.get(), issue.id()),
                        queue.heldSlot(handle, newsletter.get(), issue.id()).isPresent(),
                        ReviewStanding.of(reviews.of(handle, issue.id()), hash),
                        hash,
                        links.path(Purpose.APPROVE, newsletter.get(), moment, token.subscriber()),
                        links.path(Purpose.HOLD, newsletter.get(), moment, token.subscriber())));
    }

    /** Whoever is no longer in the settings may no longer decide, whatever links they kept. */
    private Optional<String> person(Newsletter newsletter, long publicId) {
        return Stream.of(Moment.values())
                .flatMap(moment -> moment.recipients(newsletter.settings().review()).stream())
                .filter(address -> AddressHash.publicId(hashes.of(address.key())) == publicId)
                .map(EmailAddress::text)
                .findFirst();
    }

    /**
     * Approves, and lifts a hold: an issue whose slot waited for that is sent now, unless it is later than the catch-up time.
     *
     * @param shownHash of the text that the person saw; empty: not known, the text as it is now is meant
     */
    public ReviewOutcome approve(ReviewCase about, String shownHash) {
        IssueId issue = about.issue().id();
        boolean recorded =
                record(about, ReviewDecision.Kind.APPROVE, "", shownHash).isPresent();
        if (!recorded) {
            return about.over() ? ReviewOutcome.OVER : ReviewOutcome.CHANGED;
        }
        Optional<Edition> edition = editions.find(issue);
        if (edition.isPresent()) {
            boolean resumed = isPausedByReviewer(edition.get()) && editions.resume(issue) instanceof EditionChange.Done;
            return resumed ? ReviewOutcome.RESUMED : ReviewOutcome.APPROVED;
        }
        return released(about.newsletter(), issue, false)
                .orElse(about.slotHeld() ? ReviewOutcome.TOO_LATE : ReviewOutcome.APPROVED);
    }

    /**
     * Holds it back: it is not started at its slot; when its sending has begun, nothing more of it leaves. Operators get an
     * alarm.
     *
     * @param why the person's words; may be empty
     */
    public ReviewOutcome hold(ReviewCase about, String why) {
        return record(about, ReviewDecision.Kind.HOLD, why, "").orElse(ReviewOutcome.OVER);
    }

    /**
     * An operator lets an issue go that was held back or waited for an approval.
     *
     * @return what came of it; empty when nothing stood in its way and no slot was held for it, nothing was changed then. An
     *     edition that was begun is resumed by {@link Editions#resume}
     */
    public Optional<ReviewOutcome> release(Newsletter newsletter, IssueId issue) {
        boolean lifted = database.jdbi().inTransaction(handle -> {
            queue.lock(handle, newsletter);
            String hash = issues.textHash(handle, issue).orElse("");
            ReviewStanding standing = ReviewStanding.of(reviews.of(handle, issue), hash);
            if (standing.hold().isEmpty() && standing.approved()) {
                return false;
            }
            boolean held = standing.hold().isPresent();
            if (held || queue.heldSlot(handle, newsletter, issue).isPresent()) {
                reviews.insert(
                        handle,
                        issue,
                        new ReviewDecision(
                                ReviewDecision.Kind.RELEASE, ReviewDecision.OPERATOR, clock.instant(), hash, ""));
            }
            return held;
        });
        if (editions.find(issue).isPresent()) {
            return lifted ? Optional.of(ReviewOutcome.RESUMED) : Optional.empty();
        }
        return released(newsletter, issue, true)
                .or(() -> lifted ? Optional.of(ReviewOutcome.APPROVED) : Optional.empty());
    }

    private Optional<ReviewOutcome> released(Newsletter newsletter, IssueId issue, boolean anyTime) {
        Optional<SlotResult> result = slots.release(newsletter, issue, anyTime);
        if (result.filter(found -> found.state() == SlotState.STARTED).isPresent()) {
            editions.runDue(); // writes the audience
            return Optional.of(ReviewOutcome.STARTED);
        }
        return result.map(found -> ReviewOutcome.REFUSED);
    }

    /** Empty when nothing was recorded: it is over, or the text is another. */
    private Optional<ReviewOutcome> record(ReviewCase about, ReviewDecision.Kind kind, String note, String shownHash) {
        IssueId issue = about.issue().id();
        return database.jdbi().inTransaction(handle -> {
            queue.lock(handle, about.newsletter());
            String hash = issues.textHash(handle, issue).orElse("");
            Optional<Edition> edition = rows.findByIssue(handle, issue);
            boolean over = issues.find(handle, issue)
                    .map(found -> ReviewCase.over(found, edition))
                    .orElse(true);
            if (over || !shownHash.isEmpty() && !shownHash.equals(hash)) {
                return Optional.<ReviewOutcome>empty();
            }
            ReviewDecision decision = new ReviewDecision(kind, about.reviewer(), clock.instant(), hash, note);
            // Whoever presses on and on fills neither the table nor the operators' mailboxes.
            boolean stands =
                    edition.isEmpty() || kind == ReviewDecision.Kind.APPROVE || isPausedByReviewer(edition.get());
            if (stands && ReviewStanding.saidBefore(reviews.of(handle, issue), decision)) {
                return Optional.of(
                        kind != ReviewDecision.Kind.HOLD
                                ? ReviewOutcome.APPROVED
                                : edition.isPresent() ? ReviewOutcome.PAUSED : ReviewOutcome.HELD);
            }
            long number = reviews.insert(handle, issue, decision);
            if (kind != ReviewDecision.Kind.HOLD) {
                return Optional.of(ReviewOutcome.APPROVED);
            }
            return Optional.of(stop(handle, about, edition, decision, number));
        });
    }

    private ReviewOutcome stop(
            Handle handle, ReviewCase about, Optional<Edition> edition, ReviewDecision hold, long number) {
        if (edition.isPresent()) {
            String why = hold.note().isEmpty() ? hold.by() : hold.by() + ": " + hold.note();
            rows.pause(handle, edition.get().id(), new PauseReason(PauseReason.Kind.REVIEWER, why), hold.at());
            return ReviewOutcome.PAUSED;
        }
        Messages messages =
                Messages.of(ReviewIssue.class, about.newsletter().settings().language());
        String issue = about.issue().id().toString();
        notices.enqueueForOperators(
                NoticeKind.ALARM,
                about.newsletter(),
                "issue " + issue + " held " + number,
                Map.of(
                        "subject",
                        messages.text("hold.subject", issue),
                        "body",
                        messages.text("hold.body", issue, about.issue().title(), hold.by(), hold.note())),
                handle);
        return ReviewOutcome.HELD;
    }

    static boolean isPausedByReviewer(Edition edition) {
        return edition.state() == EditionState.PAUSED
                && edition.stateReason() != null
                && edition.stateReason().startsWith("reviewer:");
    }
}
