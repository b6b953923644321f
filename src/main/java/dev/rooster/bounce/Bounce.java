package dev.rooster.bounce;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.Verdict;
import java.time.Instant;

/**
 * A record of what came back about one recipient.
 *
 * @param receivedAt when we got it
 * @param source smtp, mailbox NAME, import, hook PROVIDER
 * @param delivery what it is about; null: nothing we know
 * @param address the recipient as reported, or as we know it; null if neither is known
 * @param status enhanced status code, or null
 * @param replyCode or null
 * @param diagnostic the refusal in one line; null if there is none
 * @param matchedBy null if {@code delivery} is, but for unsubscription by mail
 * @param why the rule that decided
 * @param notice the single mail that it is about; null: none we know
 */
public record Bounce(
        Instant receivedAt,
        String source,
        BounceKind kind,
        ReportedDelivery delivery,
        String address,
        String status,
        Integer replyCode,
        Category category,
        Verdict verdict,
        String diagnostic,
        MatchedBy matchedBy,
        String why,
        Acted acted,
        ReportedNotice notice) {
    private static final String RELAYED = "relayed";

    /** The word of a verdict, as the table's CHECK constraint names it. */
    static String word(Verdict verdict) {
        return switch (verdict) {
            case HARD -> "hard";
            case SOFT -> "soft";
            case SENDER_FAULT -> "sender-fault";
            case NONE -> "none";
        };
    }

    Bounce with(Acted done) {
        return new Bounce(
                receivedAt,
                source,
                kind,
                delivery,
                address,
                status,
                replyCode,
                category,
                verdict,
                diagnostic,
                matchedBy,
                why,
                done,
                notice);
    }

    /** Whether it is about a mail of ours. */
    boolean leadsSomewhere() {
        return delivery != null || notice != null;
    }

    /** What {@code arrival_source} says. */
    String arrivalSource() {
        return kind == BounceKind.ARRIVED && RELAYED.equals(why) ? RELAYED : kind.word();
    }
}
