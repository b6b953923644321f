package dev.rooster.delivery;

import dev.rooster.mail.ReplyClassifier;
import dev.rooster.mail.ReplyVerdict;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import java.time.Instant;

/**
 * How a try ended, and the state it leaves the row in. Made by the factories only.
 *
 * @param state ACCEPTED, REJECTED, DEFERRED, EXPIRED, UNCERTAIN, or QUEUED when nothing was tried after all
 * @param reason set for REJECTED and EXPIRED
 * @param relay null when no relay was involved
 * @param reply what the relay answered; null when it answered nothing
 * @param said the reply in one line, or what happened instead of one; at most 500 characters
 * @param verdict what the reply means; null without one
 * @param nextAttempt when it is tried again; null: never
 */
public record Outcome(
        ClaimedDelivery delivery,
        DeliveryState state,
        DeliveryReason reason,
        String relay,
        SmtpReply reply,
        String said,
        ReplyVerdict verdict,
        Instant nextAttempt) {

    public DeliveryKey key() {
        return delivery.key();
    }

    static Outcome accepted(ClaimedDelivery delivery, String relay, SmtpReply reply, ReplyVerdict verdict) {
        return new Outcome(delivery, DeliveryState.ACCEPTED, null, relay, reply, line(reply), verdict, null);
    }

    static Outcome deferred(
            ClaimedDelivery delivery, String relay, SmtpReply reply, ReplyVerdict verdict, Instant nextAttempt) {
        return new Outcome(delivery, DeliveryState.DEFERRED, null, relay, reply, line(reply), verdict, nextAttempt);
    }

    /** The connection went away before the final dot. */
    static Outcome lost(ClaimedDelivery delivery, String relay, String why, Instant nextAttempt) {
        return new Outcome(delivery, DeliveryState.DEFERRED, null, relay, null, cut(why), null, nextAttempt);
    }

    static Outcome rejected(
            ClaimedDelivery delivery, String relay, SmtpReply reply, ReplyVerdict verdict, DeliveryReason reason) {
        return new Outcome(delivery, DeliveryState.REJECTED, reason, relay, reply, line(reply), verdict, null);
    }

    /** No message can be made for this recipient. */
    static Outcome unsendable(ClaimedDelivery delivery, String why) {
        return new Outcome(
                delivery, DeliveryState.REJECTED, DeliveryReason.UNSENDABLE, null, null, cut(why), null, null);
    }

    /** Out of time; the last refusal stays with it. A row that was uncertain before stays that, for a copy may have arrived. */
    static Outcome expired(ClaimedDelivery delivery, String relay, SmtpReply reply, String said, ReplyVerdict verdict) {
        DeliveryState state = delivery.uncertainCount() > 0 ? DeliveryState.UNCERTAIN : DeliveryState.EXPIRED;
        return new Outcome(delivery, state, DeliveryReason.TOO_LATE, relay, reply, said, verdict, null);
    }

    /** Out of time between two tries. @param last the last refusal as it was kept; null: there was none */
    static Outcome expiredWithLast(ClaimedDelivery delivery, String last) {
        SmtpReply reply = last == null ? null : SmtpReply.parse(last);
        ReplyVerdict verdict = reply == null ? null : ReplyClassifier.classify(reply, SmtpCommand.RCPT);
        return expired(delivery, null, reply, last, verdict);
    }

    /** The connection or the process went away after the final dot. */
    static Outcome uncertain(ClaimedDelivery delivery, String relay, String why, Instant resendAt) {
        return new Outcome(delivery, DeliveryState.UNCERTAIN, null, relay, null, cut(why), null, resendAt);
    }

    /** Nothing was tried, or the connection was closed on purpose before the dot: back into the queue, no attempt counted. */
    static Outcome returned(ClaimedDelivery delivery, Instant due) {
        return new Outcome(delivery, DeliveryState.QUEUED, null, null, null, null, null, due);
    }

    /** True for what the stop rules count: a dead address, or a refusal because of us. */
    boolean speaksAgainstUs() {
        return verdict != null && (verdict.hard() || verdict.disposition() == ReplyVerdict.Disposition.PAUSE_SENDER);
    }

    /** True if this try itself was lost after the dot, which the row counts. */
    boolean lostAfterDot() {
        return state == DeliveryState.UNCERTAIN && reason == null;
    }

    /** The reply as it is kept: code, enhanced code, text. */
    static String line(SmtpReply reply) {
        return cut(reply.toString());
    }

    private static String cut(String text) {
        return text.length() <= 500 ? text : text.substring(0, 499) + "…";
    }
}
