package dev.rooster.bounce;

import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.RefusalScope;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.token.Purpose;
import dev.rooster.token.Token;
import dev.rooster.token.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Carries out unsubscription by mail (RFC 2369 §3.2): the token in the address says who and from what; subject, text and sender
 * say nothing, since mail programs write what they like there. In the caller's transaction. Thread-safe.
 */
final class RefuseByMail {
    private final Tokens tokens;
    private final Subscribing subscribing;
    private final List<BounceListener> listeners;
    private final JdbiSubscribers subscribers = new JdbiSubscribers();

    RefuseByMail(Tokens tokens, Subscribing subscribing, List<BounceListener> listeners) {
        this.tokens = tokens;
        this.subscribing = subscribing;
        this.listeners = List.copyOf(listeners);
    }

    /** The token of the first unsubscribe address of ours among these; empty: there is none. */
    Optional<Token> tokenIn(List<String> addresses) {
        return addresses.stream()
                .flatMap(address -> TokenAddress.token(address).stream())
                .flatMap(text -> tokens.open(text).stream())
                .filter(token -> token.purpose() == Purpose.UNSUBSCRIBE_BY_MAIL)
                .findFirst();
    }

    /**
     * Refuses for whom the token names; safe to repeat.
     *
     * @return their address; empty: a test send's token, or a person whom this database does not know, whose refusal is kept
     *     until they turn up
     */
    Optional<String> refuse(Handle handle, Token token, String source, Instant at) {
        long newsletterPublicId = token.edition();
        if (token.subscriber() == 0) {
            return Optional.empty();
        }
        Optional<NewsletterId> newsletter = newsletter(handle, newsletterPublicId);
        Optional<Subscriber> reader = subscribers.findByPublicId(handle, token.subscriber());
        if (newsletter.isEmpty() || reader.isEmpty()) {
            subscribing.refuseUnknown(handle, newsletterPublicId, token.subscriber(), at);
            return Optional.empty();
        }
        refuse(handle, newsletter.get(), reader.get(), source, at);
        return reader.map(found -> found.address().text());
    }

    private void refuse(Handle handle, NewsletterId newsletter, Subscriber reader, String source, Instant at) {
        Evidence evidence = Evidence.of(at, ConsentMethod.MAIL, source);
        if (subscribing.refuse(handle, newsletter, reader.id(), evidence, RefusalScope.THIS_NEWSLETTER)) {
            listeners.forEach(listener -> listener.refusedByMail(handle, newsletter, reader.id(), at));
        }
    }

    private static Optional<NewsletterId> newsletter(Handle handle, long publicId) {
        return new JdbiReportedDeliveries().newsletter(handle, publicId);
    }
}
