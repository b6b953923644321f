package dev.rooster.bounce;

import dev.rooster.mail.AddressCheck;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.dsn.Original;
import dev.rooster.mail.dsn.ReportedRecipient;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.token.Purpose;
import dev.rooster.token.Token;
import dev.rooster.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Finds the delivery or the notice that a report is about. Tokens first, for only they prove it: in the envelope sender, the ENVID, the
 * Message-ID, the List-Unsubscribe header. Then the recipient as we addressed it, then as the report names it, if that
 * settles it; such a match is worth a record, and never costs anybody the subscription. An address that merely occurs in
 * the text of a report is not looked at.
 */
final class FindDelivery {
    /** Longer than any mail system tries, and shorter than four weekly issues. */
    private static final Duration RECENT = Duration.ofDays(14);

    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z2-7])[A-Za-z2-7]{50,68}(?![A-Za-z2-7])");

    private final Tokens tokens;
    private final Subscribing subscribing;
    private final JdbiReportedDeliveries deliveries;
    private final JdbiReportedNotices notices = new JdbiReportedNotices();

    FindDelivery(Tokens tokens, Subscribing subscribing, JdbiReportedDeliveries deliveries) {
        this.tokens = tokens;
        this.subscribing = subscribing;
        this.deliveries = deliveries;
    }

    /** @param forged whether something looked like a token of ours and was none */
    record Found(Optional<ReportedDelivery> delivery, Optional<ReportedNotice> notice, MatchedBy by, boolean forged) {
        static Found nothing(boolean forged) {
            return new Found(Optional.empty(), Optional.empty(), null, forged);
        }

        static Found of(Optional<ReportedDelivery> delivery, MatchedBy by) {
            return delivery.isEmpty() ? nothing(false) : new Found(delivery, Optional.empty(), by, false);
        }

        boolean leadsSomewhere() {
            return delivery.isPresent() || notice.isPresent();
        }
    }

    /** By what proves it. */
    Found byToken(Handle handle, Original original) {
        boolean forged = false;
        for (Candidate candidate : candidates(original)) {
            Optional<Token> token = tokens.open(candidate.token()).filter(t -> t.purpose() == candidate.purpose());
            forged |= token.isEmpty() && candidate.by() == MatchedBy.VERP;
            if (token.isPresent()) {
                Found found = byToken(handle, token.get(), candidate.by());
                if (found.leadsSomewhere()) {
                    return found;
                }
            }
        }
        return Found.nothing(forged);
    }

    /** In the tokens of notices, 0 and the notice stand in the place of edition and subscriber. */
    private Found byToken(Handle handle, Token token, MatchedBy by) {
        return token.edition() == 0
                ? new Found(Optional.empty(), notices.find(handle, token.subscriber()), by, false)
                : Found.of(deliveries.find(handle, token.edition(), token.subscriber()), by);
    }

    /** Whether a report carries anything that looks like a token, ours or another installation's. */
    static boolean carriesToken(Original original) {
        return !candidates(original).isEmpty();
    }

    /**
     * By address, for a genuine event without a token. Who subscribed to one newsletter may get other mail by the same
     * provider too, so what says that a mail arrived has to name its subject.
     *
     * @param needsSubject whether a delivery counts only if the event names its subject
     */
    Found byEvent(
            Handle handle, Original original, ReportedRecipient recipient, boolean needsSubject, Instant receivedAt) {
        Optional<Subscriber> person =
                needsSubject && original.subject() == null ? Optional.empty() : person(handle, recipient.address());
        if (person.isEmpty()) {
            return Found.nothing(false);
        }
        Instant after = receivedAt.minus(RECENT);
        Optional<ReportedDelivery> delivery =
                deliveries.findRecent(handle, person.get().id(), original.subject(), needsSubject, after, receivedAt);
        Optional<ReportedNotice> notice = delivery.isPresent() || needsSubject
                ? Optional.empty()
                : notices.findRecent(handle, person.get().addressHash(), after, receivedAt);
        return delivery.isEmpty() && notice.isEmpty()
                ? Found.nothing(false)
                : new Found(delivery, notice, MatchedBy.EVENT, false);
    }

    /** By address, for a report without a token. */
    Found byAddress(Handle handle, Original original, ReportedRecipient recipient, Instant receivedAt) {
        Optional<ReportedDelivery> first = recent(handle, recipient.originalAddress(), original, receivedAt);
        if (first.isPresent()) {
            return Found.of(first, MatchedBy.ORIGINAL_RECIPIENT);
        }
        return Found.of(recent(handle, recipient.address(), original, receivedAt), MatchedBy.ADDRESS);
    }

    private Optional<ReportedDelivery> recent(Handle handle, String address, Original original, Instant receivedAt) {
        return person(handle, address)
                .flatMap(person -> deliveries.findRecent(
                        handle, person.id(), original.subject(), false, receivedAt.minus(RECENT), receivedAt));
    }

    private Optional<Subscriber> person(Handle handle, String address) {
        return EmailAddress.check(address) instanceof AddressCheck.Valid valid
                ? subscribing.find(handle, valid.address())
                : Optional.empty();
    }

    private record Candidate(String token, Purpose purpose, MatchedBy by) {}

    private static List<Candidate> candidates(Original original) {
        List<Candidate> candidates = new ArrayList<>();
        List<String> envelopeSenders = new ArrayList<>(original.deliveredTo());
        if (original.envelopeSender() != null) {
            envelopeSenders.add(original.envelopeSender());
        }
        for (String address : envelopeSenders) {
            TokenAddress.token(address)
                    .ifPresent(token -> candidates.add(new Candidate(token, Purpose.VERP, MatchedBy.VERP)));
        }
        add(candidates, original.envelopeId(), Purpose.MESSAGE_ID, MatchedBy.ENVID);
        add(candidates, original.messageId(), Purpose.MESSAGE_ID, MatchedBy.MESSAGE_ID);
        add(candidates, original.listUnsubscribe(), Purpose.UNSUBSCRIBE, MatchedBy.LIST_UNSUBSCRIBE);
        return candidates;
    }

    private static void add(List<Candidate> candidates, String text, Purpose purpose, MatchedBy by) {
        if (text != null) {
            Matcher token = TOKEN.matcher(text);
            while (token.find()) {
                candidates.add(new Candidate(token.group(), purpose, by));
            }
        }
    }
}
