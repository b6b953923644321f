package dev.rooster.review;

import dev.rooster.issue.IssueId;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.issue.SlotStarter;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.ReviewSettings;
import dev.rooster.newsletter.Slot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an issue at its slot unless somebody holds it back, or nobody has approved it where that is required. Asked in the
 * transaction that takes the slot and under the newsletter's lock, as a press of Hold is: whoever comes second sees the first.
 */
public final class GatedSlots implements SlotStarter {
    private static final Logger LOG = LoggerFactory.getLogger(GatedSlots.class);

    private final SlotStarter starter;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final IssueReviews reviews = new IssueReviews();
    private final JdbiMoments moments = new JdbiMoments();
    private final JdbiIssues issues = new JdbiIssues();

    public GatedSlots(SlotStarter starter, InstantSource clock, RandomGenerator random) {
        this.starter = starter;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String start(Handle handle, Newsletter newsletter, IssueId issue, Slot slot) {
        Optional<String> reason = reason(handle, newsletter, issue);
        if (reason.isPresent()) {
            return reason.get();
        }
        String refusal = starter.start(handle, newsletter, issue, slot);
        if (refusal.isEmpty()) {
            noteMissed(handle, newsletter, issue, slot);
        }
        return refusal;
    }

    private Optional<String> reason(Handle handle, Newsletter newsletter, IssueId issue) {
        Messages messages = Messages.of(GatedSlots.class, newsletter.settings().language());
        ReviewStanding standing = reviews.standing(handle, issue);
        if (standing.hold().isPresent()) {
            ReviewDecision hold = standing.hold().get();
            return Optional.of(
                    messages.text("gate.held", hold.by(), hold.note()).strip());
        }
        boolean required = newsletter.settings().review().approval() == ReviewSettings.Approval.REQUIRED;
        return required && !standing.approved() ? Optional.of(messages.text("gate.not-approved")) : Optional.empty();
    }

    /** A moment that did not take place before the readers' is over: nobody wants a proof of what was sent. */
    private void noteMissed(Handle handle, Newsletter newsletter, IssueId issue, Slot slot) {
        for (Moment moment : Moment.values()) {
            if (moment.recipients(newsletter.settings().review()).isEmpty()
                    || moments.exists(handle, newsletter.id(), slot.date(), moment, issue)) {
                continue;
            }
            LOG.warn("The {} of slot {} was missed; its readers get it without", moment.word(), slot.date());
            Instant now = clock.instant();
            moments.insert(
                    handle,
                    new PastMoment(
                            newsletter.id(),
                            slot.date(),
                            moment,
                            issue,
                            random.nextLong(1, Long.MAX_VALUE),
                            false,
                            moment.plannedAt(slot, newsletter.settings()),
                            now,
                            issues.textHash(handle, issue).orElse("")),
                    Rehearsal.NONE);
        }
    }
}
