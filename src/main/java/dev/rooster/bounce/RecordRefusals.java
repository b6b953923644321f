package dev.rooster.bounce;

import dev.rooster.delivery.DeliveryState;
import dev.rooster.delivery.Outcome;
import dev.rooster.delivery.OutcomeListener;
import dev.rooster.delivery.RecordedOutcome;
import dev.rooster.mail.ReplyVerdict;
import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.Verdict;
import dev.rooster.subscriber.SubscriberId;
import dev.rooster.subscriber.Subscribing;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Treats what relays refuse at once as the bounces they are, in the transaction that records the outcome. Temporary
 * refusals are not: they are tried again, and count only once the time is up.
 */
public final class RecordRefusals implements OutcomeListener {
    private static final Set<Category> OUR_FAULT = Set.of(
            Category.POLICY,
            Category.AUTHENTICATION,
            Category.REPUTATION,
            Category.RATE,
            Category.CONTENT,
            Category.SIZE,
            Category.SENDER);

    private final JdbiBounces bounces = new JdbiBounces();
    private final BouncePolicy policy;

    public RecordRefusals(Subscribing subscribing, BounceSettings settings, List<BounceListener> listeners) {
        this.policy = new BouncePolicy(subscribing, settings, listeners);
    }

    @Override
    public void recorded(Handle handle, List<RecordedOutcome> outcomes) {
        for (RecordedOutcome recorded : outcomes) {
            Outcome outcome = recorded.outcome();
            boolean refused = outcome.state() == DeliveryState.REJECTED || outcome.state() == DeliveryState.EXPIRED;
            if (refused && outcome.reply() != null && outcome.verdict() != null) {
                record(handle, recorded);
            }
        }
    }

    private void record(Handle handle, RecordedOutcome recorded) {
        Outcome outcome = recorded.outcome();
        long edition = outcome.key().edition().value();
        Bounce bounce = new Bounce(
                recorded.at(),
                "smtp",
                BounceKind.BOUNCE,
                new ReportedDelivery(
                        edition,
                        outcome.key().seq(),
                        new SubscriberId(outcome.delivery().recipient().subscriberId()),
                        recorded.newsletter(),
                        outcome.delivery().recipient().address().text()),
                outcome.delivery().recipient().address().text(),
                outcome.reply().enhanced(),
                outcome.reply().code(),
                outcome.verdict().category(),
                verdict(outcome.verdict()),
                outcome.said(),
                MatchedBy.SMTP,
                outcome.state() == DeliveryState.EXPIRED ? "out of time" : "refused",
                Acted.NONE,
                null);
        String fingerprint = Fingerprint.ofTry(edition, outcome.key().seq(), recorded.at());
        if (bounces.insert(handle, fingerprint, bounce)) {
            bounces.updateActed(handle, fingerprint, policy.apply(handle, bounce));
        }
    }

    private static Verdict verdict(ReplyVerdict verdict) {
        if (verdict.hard()) {
            return Verdict.HARD;
        }
        return verdict.disposition() == ReplyVerdict.Disposition.PAUSE_SENDER || OUR_FAULT.contains(verdict.category())
                ? Verdict.SENDER_FAULT
                : Verdict.SOFT;
    }
}
