package dev.rooster.bounce;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rooster.bounce.FindDelivery.Found;
import dev.rooster.mail.dsn.ReportedRecipient;
import dev.rooster.mail.event.EventKind;
import dev.rooster.mail.event.MailEvent;
import dev.rooster.mail.event.Provider;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.RefusalScope;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.SubscriberId;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.token.AddressHash;
import dev.rooster.token.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Takes what a provider told of our mails, in the caller's transaction: finds the delivery, writes down what came back, does
 * what the policy asks, notes what arrived. The same event a second time changes nothing, nor does one that comes late.
 * Thread-safe.
 *
 * <p>Arrivals and delays are noted at their delivery and not recorded one by one: there is one for each mail.
 */
public final class TakeEvents {
    private final JdbiReportedDeliveries deliveries = new JdbiReportedDeliveries();
    private final JdbiBounces bounces = new JdbiBounces();
    private final JdbiReportedNotices notices = new JdbiReportedNotices();
    private final JdbiSubscribers subscribers = new JdbiSubscribers();
    private final JdbiHookTokens hookTokens = new JdbiHookTokens();
    private final FindDelivery find;
    private final BouncePolicy policy;
    private final Subscribing subscribing;
    private final List<BounceListener> listeners;

    public TakeEvents(Tokens tokens, Subscribing subscribing, BounceSettings settings, List<BounceListener> listeners) {
        this.find = new FindDelivery(tokens, subscribing, deliveries);
        this.policy = new BouncePolicy(subscribing, settings, listeners);
        this.subscribing = subscribing;
        this.listeners = List.copyOf(listeners);
    }

    /** @param events from a request that was proven to come from this provider */
    public TakenEvents take(Handle handle, Provider provider, List<MailEvent> events, Instant receivedAt) {
        List<Bounce> records = new ArrayList<>();
        int noted = 0;
        int unmatched = 0;
        for (MailEvent event : events) {
            Found found = find(handle, event, receivedAt);
            unmatched += found.leadsSomewhere() ? 0 : 1;
            switch (event.kind()) {
                case DELIVERED -> noted += note(handle, provider, event, found, Arrival.ARRIVED, receivedAt) ? 1 : 0;
                case DELAYED -> noted += note(handle, provider, event, found, Arrival.DELAYED, receivedAt) ? 1 : 0;
                default -> record(handle, provider, event, found, receivedAt).ifPresent(records::add);
            }
        }
        return new TakenEvents(records, noted, unmatched);
    }

    /**
     * Asks whether a request may be taken whose signature does not cover its events.
     *
     * @param onceKey what the signature covers
     * @param body the whole request
     * @return false when the same signature came with another body before
     */
    public boolean admit(Handle handle, Provider provider, String onceKey, byte[] body, Instant receivedAt) {
        return hookTokens.take(
                handle,
                provider.word(),
                Fingerprint.ofBytes(onceKey.getBytes(UTF_8)),
                Fingerprint.ofBytes(body),
                receivedAt);
    }

    private Found find(Handle handle, MailEvent event, Instant receivedAt) {
        Found byToken = find.byToken(handle, event.original());
        // Another installation may use the same account: what carries its token is not ours, whomever it was sent to.
        if (byToken.leadsSomewhere() || FindDelivery.carriesToken(event.original())) {
            return byToken;
        }
        boolean arrival = event.kind() == EventKind.DELIVERED || event.kind() == EventKind.DELAYED;
        return find.byEvent(handle, event.original(), event.recipient(), arrival, receivedAt);
    }

    private boolean note(
            Handle handle, Provider provider, MailEvent event, Found found, Arrival arrival, Instant receivedAt) {
        Instant at = event.at() != null && !event.at().isAfter(receivedAt) ? event.at() : receivedAt;
        return found.delivery()
                .map(delivery -> deliveries.note(handle, delivery, arrival, source(provider), at))
                .or(() -> found.notice().map(notice -> notices.note(handle, notice, arrival, source(provider), at)))
                .orElse(false);
    }

    private Optional<Bounce> record(
            Handle handle, Provider provider, MailEvent event, Found found, Instant receivedAt) {
        ReportedDelivery delivery = found.delivery().orElse(null);
        ReportedRecipient told = event.recipient();
        Bounce record = new Bounce(
                receivedAt,
                source(provider),
                kind(event.kind()),
                delivery,
                delivery == null ? told.address() : delivery.address(),
                told.status(),
                told.replyCode() == null ? null : Integer.valueOf(told.replyCode()),
                told.category(),
                told.verdict(),
                told.diagnostic().isEmpty() ? null : told.diagnostic(),
                found.by(),
                event.kind() == EventKind.UNSUBSCRIBED ? "unsubscribed at the provider" : told.why(),
                found.leadsSomewhere() ? Acted.NONE : found.forged() ? Acted.FORGED : Acted.UNMATCHED,
                found.notice().orElse(null));
        String fingerprint = fingerprint(provider, event);
        if (!bounces.insert(handle, fingerprint, record)) {
            return Optional.empty();
        }
        Acted acted = !found.leadsSomewhere()
                ? record.acted()
                : event.kind() == EventKind.UNSUBSCRIBED
                        ? refuse(handle, found, receivedAt, record.source())
                        : policy.apply(handle, record);
        bounces.updateActed(handle, fingerprint, acted);
        return Optional.of(record.with(acted));
    }

    private Acted refuse(Handle handle, Found found, Instant at, String source) {
        Optional<NewsletterId> newsletter = found.delivery()
                .map(ReportedDelivery::newsletter)
                .or(() -> found.notice().map(ReportedNotice::newsletter));
        Optional<SubscriberId> subscriber = found.delivery()
                .map(ReportedDelivery::subscriber)
                .or(() -> found.notice()
                        .flatMap(
                                notice -> subscribers.findByPublicId(handle, AddressHash.publicId(notice.personHash())))
                        .map(Subscriber::id));
        Evidence evidence = Evidence.of(at, ConsentMethod.PROVIDER, source);
        boolean changed = newsletter.isPresent()
                && subscriber.isPresent()
                && subscribing.refuse(
                        handle, newsletter.get(), subscriber.get(), evidence, RefusalScope.THIS_NEWSLETTER);
        if (changed) {
            listeners.forEach(listener -> listener.refusedByMail(handle, newsletter.get(), subscriber.get(), at));
        }
        return changed ? Acted.SUPPRESSED : Acted.NONE;
    }

    private static String source(Provider provider) {
        return "hook " + provider.word();
    }

    private static BounceKind kind(EventKind kind) {
        return switch (kind) {
            case BOUNCE -> BounceKind.BOUNCE;
            case DELAYED -> BounceKind.DELAYED;
            case DELIVERED -> BounceKind.ARRIVED;
            case COMPLAINT -> BounceKind.COMPLAINT;
            case AUTOREPLY -> BounceKind.AUTOREPLY;
            case UNSUBSCRIBED -> BounceKind.OTHER;
        };
    }

    /** By the provider's id where it has one: a repetition may differ in details. */
    private static String fingerprint(Provider provider, MailEvent event) {
        String recipient = " " + event.recipient().address();
        return Fingerprint.ofEvent(
                provider.word(),
                event.id() != null
                        ? event.kind() + " " + event.id() + recipient
                        : event.kind() + " " + event.at() + recipient + " " + event.original()
                                + event.recipient().diagnostic());
    }
}
