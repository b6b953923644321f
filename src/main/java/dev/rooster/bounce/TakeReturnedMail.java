package dev.rooster.bounce;

import dev.rooster.bounce.FindDelivery.Found;
import dev.rooster.bounce.TakenMail.Outcome;
import dev.rooster.mail.dsn.Action;
import dev.rooster.mail.dsn.BounceParser;
import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.ParsedMail;
import dev.rooster.mail.dsn.ParsedMail.Kind;
import dev.rooster.mail.dsn.PersonalMail;
import dev.rooster.mail.dsn.ReportedRecipient;
import dev.rooster.mail.dsn.Verdict;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.token.Token;
import dev.rooster.token.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * Takes one mail that came back: reads it, finds its delivery, writes it down, and does what the policy asks, all in the
 * caller's transaction. The same mail a second time changes nothing. Thread-safe.
 */
public final class TakeReturnedMail {
    private static final String UNREADABLE = "unreadable";
    private static final Duration UNREAD_WITHIN = Duration.ofDays(7);
    private static final long UNREAD_MAILS_MIN = 20;
    private static final double UNREAD_SHARE_MAX = 0.05;

    private final BounceParser parser = BounceParser.standard();
    private final JdbiReportedDeliveries deliveries = new JdbiReportedDeliveries();
    private final JdbiBounces bounces = new JdbiBounces();
    private final FindDelivery find;
    private final BouncePolicy policy;
    private final RefuseByMail refuse;
    private final ListStopRequest stopRequests;
    private final StopWording wording = StopWording.standard();
    private final List<BounceListener> listeners;

    /** @param random unpredictable: what is listed for people is named in links */
    public TakeReturnedMail(
            Tokens tokens,
            Subscribing subscribing,
            BounceSettings settings,
            List<BounceListener> listeners,
            RandomGenerator random) {
        this.find = new FindDelivery(tokens, subscribing, deliveries);
        this.policy = new BouncePolicy(subscribing, settings, listeners);
        this.refuse = new RefuseByMail(tokens, subscribing, listeners);
        this.stopRequests = new ListStopRequest(subscribing, listeners, random);
        this.listeners = List.copyOf(listeners);
    }

    /**
     * @param mail the whole mail, any bytes
     * @param source where it came from, at most 60 characters: mailbox NAME, import
     */
    public TakenMail take(Handle handle, byte[] mail, String source, Instant receivedAt) {
        ParsedMail parsed = parser.parse(mail);
        Optional<Token> refusal = refuse.tokenIn(parsed.original().deliveredTo());
        if (refusal.isPresent()) {
            return refused(handle, mail, refusal.get(), source, receivedAt);
        }
        Found found = find.byToken(handle, parsed.original());
        if (mayBePersonal(parsed) && !found.forged()) {
            PersonalMail personal = PersonalMail.read(mail);
            if (wording.asks(personal)) {
                stopRequests.list(handle, mail, personal, found.delivery(), source, receivedAt);
                return new TakenMail(Outcome.FOR_PEOPLE, List.of());
            }
            if (!personal.automatic() && found.by() == MatchedBy.MESSAGE_ID) {
                // An answer to a mail of ours. Only what comes to the address of bounces has to be readable by a
                // machine.
                return new TakenMail(Outcome.FOR_PEOPLE, List.of());
            }
        }
        return record(handle, mail, parsed, records(handle, parsed, found, source, receivedAt), receivedAt);
    }

    private static boolean mayBePersonal(ParsedMail parsed) {
        return parsed.kind() == Kind.OTHER
                && parsed.recipients().isEmpty()
                && !parsed.why().startsWith(UNREADABLE);
    }

    private TakenMail record(Handle handle, byte[] mail, ParsedMail parsed, List<Bounce> records, Instant receivedAt) {
        List<Bounce> fresh = new ArrayList<>();
        for (Bounce record : records) {
            String recipient = record.delivery() != null
                    ? record.delivery().edition() + "/" + record.delivery().seq()
                    : record.notice() != null ? "notice " + record.notice().id() : String.valueOf(record.address());
            String fingerprint = Fingerprint.of(mail, recipient);
            if (bounces.insert(handle, fingerprint, record)) {
                Acted acted = record.acted() == Acted.NONE ? policy.apply(handle, record) : record.acted();
                bounces.updateActed(handle, fingerprint, acted);
                fresh.add(record.with(acted));
            }
        }
        if (fresh.stream().anyMatch(record -> record.acted() == Acted.UNMATCHED || record.kind() == BounceKind.OTHER)) {
            tellIfManyAreUnread(handle, receivedAt);
        }
        return new TakenMail(outcome(parsed, records, fresh), fresh);
    }

    private void tellIfManyAreUnread(Handle handle, Instant now) {
        JdbiBounces.ReadShare share = bounces.readSince(handle, now.minus(UNREAD_WITHIN));
        if (share.mails() >= UNREAD_MAILS_MIN && share.unread() > UNREAD_SHARE_MAX * share.mails()) {
            listeners.forEach(listener -> listener.unread(handle, share.mails(), share.unread(), now));
        }
    }

    /**
     * A mail for people is one however often it is read: a collector that was killed before it could put it where people look
     * finds it again.
     */
    private static Outcome outcome(ParsedMail parsed, List<Bounce> records, List<Bounce> fresh) {
        boolean leadsSomewhere = records.stream().anyMatch(Bounce::leadsSomewhere);
        boolean machine = parsed.kind() != Kind.OTHER || records.stream().anyMatch(r -> r.kind() == BounceKind.ARRIVED);
        if (!machine || !leadsSomewhere && parsed.kind() != Kind.AUTOREPLY) {
            return Outcome.FOR_PEOPLE;
        }
        return fresh.isEmpty() && !records.isEmpty() ? Outcome.SEEN_BEFORE : Outcome.UNDERSTOOD;
    }

    /** What to write down, with {@link Acted#NONE} where the policy has the next word. */
    private List<Bounce> records(Handle handle, ParsedMail parsed, Found found, String source, Instant receivedAt) {
        BounceKind kind = kind(parsed);
        if (found.leadsSomewhere()) {
            ReportedRecipient told = toldAbout(parsed, addressOf(found));
            return List.of(record(kind, told, found, source, receivedAt, parsed.why(), Acted.NONE));
        }
        Acted acted = found.forged() ? Acted.FORGED : Acted.UNMATCHED;
        if (parsed.recipients().isEmpty()) {
            // Ordinary mail and strangers' holiday notes are nothing to keep; what looks like a report and is not
            // readable is.
            boolean ordinary = kind == BounceKind.AUTOREPLY || kind == BounceKind.OTHER;
            boolean unreadable = found.forged() || parsed.why().startsWith(UNREADABLE);
            return ordinary && !unreadable
                    ? List.of()
                    : List.of(record(kind, null, found, source, receivedAt, parsed.why(), acted));
        }
        List<Bounce> records = new ArrayList<>();
        for (ReportedRecipient told : parsed.recipients()) {
            Found byAddress = find.byAddress(handle, parsed.original(), told, receivedAt);
            Acted done =
                    found.forged() ? Acted.FORGED : byAddress.delivery().isPresent() ? Acted.UNPROVEN : Acted.UNMATCHED;
            records.add(record(kind, told, byAddress, source, receivedAt, told.why(), done));
        }
        return records;
    }

    private static Bounce record(
            BounceKind kind,
            ReportedRecipient told,
            Found found,
            String source,
            Instant receivedAt,
            String why,
            Acted acted) {
        ReportedDelivery delivery = found.delivery().orElse(null);
        String known = addressOf(found);
        boolean unclear = kind == BounceKind.BOUNCE && told == null;
        return new Bounce(
                receivedAt,
                source,
                kind,
                delivery,
                told == null || known != null ? known : told.address(),
                told == null ? null : told.status(),
                told == null || told.replyCode() == null ? null : Integer.valueOf(told.replyCode()),
                told == null ? Category.OTHER : told.category(),
                // A bounce of which only the token can be read has failed, and nobody knows why: softly, then.
                told == null ? (unclear ? Verdict.SOFT : Verdict.NONE) : told.verdict(),
                told == null || told.diagnostic().isEmpty() ? null : told.diagnostic(),
                found.by(),
                told == null ? why : told.action() == Action.RELAYED ? "relayed" : told.why(),
                acted,
                found.notice().orElse(null));
    }

    /** Where our mail went; null when that is not known. */
    private static String addressOf(Found found) {
        return found.delivery()
                .map(ReportedDelivery::address)
                .or(() -> found.notice().map(ReportedNotice::address).filter(address -> !address.isEmpty()))
                .orElse(null);
    }

    private static BounceKind kind(ParsedMail parsed) {
        return switch (parsed.kind()) {
            case BOUNCE -> BounceKind.BOUNCE;
            case COMPLAINT -> BounceKind.COMPLAINT;
            case AUTOREPLY -> BounceKind.AUTOREPLY;
            case DELAYED -> BounceKind.DELAYED;
            case OTHER ->
                // "Relayed" (RFC 3464 §2.3.3): the last system that reports has handed it on, as providers' events tell
                // too.
                parsed.recipients().stream()
                                .anyMatch(r -> r.action() == Action.DELIVERED || r.action() == Action.RELAYED)
                        ? BounceKind.ARRIVED
                        : BounceKind.OTHER;
        };
    }

    /**
     * Which of the report's recipients is ours: each copy has one, so others are where it was forwarded to. Ours by
     * address; else, if a forwarder had several targets, the one with the mildest verdict, for the mailbox we know of may
     * be well.
     */
    private static ReportedRecipient toldAbout(ParsedMail parsed, String address) {
        Optional<ReportedRecipient> ours = parsed.recipients().stream()
                .filter(r -> address != null
                        && (address.equalsIgnoreCase(r.address()) || address.equalsIgnoreCase(r.originalAddress())))
                .findFirst();
        return ours.orElseGet(() -> parsed.recipients().stream()
                .max(Comparator.comparing(ReportedRecipient::verdict))
                .orElse(null));
    }

    /** A mail to the List-Unsubscribe address. The record names nobody who is unknown here. */
    private TakenMail refused(Handle handle, byte[] mail, Token token, String source, Instant receivedAt) {
        Optional<String> address = refuse.refuse(handle, token, source, receivedAt);
        Bounce record = new Bounce(
                receivedAt,
                source,
                BounceKind.OTHER,
                null,
                address.orElse(null),
                null,
                null,
                Category.OTHER,
                Verdict.NONE,
                null,
                MatchedBy.UNSUBSCRIBE_ADDRESS,
                token.subscriber() == 0 ? "unsubscribe address of a test send" : "unsubscribe by mail",
                token.subscriber() == 0 ? Acted.NONE : Acted.SUPPRESSED,
                null);
        String fingerprint = Fingerprint.of(mail, "refusal " + token.edition() + "/" + token.subscriber());
        boolean fresh = token.subscriber() != 0 && bounces.insert(handle, fingerprint, record);
        return new TakenMail(fresh ? Outcome.UNDERSTOOD : Outcome.SEEN_BEFORE, fresh ? List.of(record) : List.of());
    }
}
