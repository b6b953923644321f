package dev.rooster.bounce;

import dev.rooster.mail.AddressCheck;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.dsn.PersonalMail;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.JdbiSubscriptions;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.SubscriberId;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.subscriber.Subscription;
import dev.rooster.subscriber.SubscriptionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * Lists the mail of a person who asks to get no more, and tells those who decide; once for each mail. A From header proves
 * nothing, so nobody is unsubscribed by it. In the caller's transaction. Thread-safe.
 */
final class ListStopRequest {
    private static final int SENDER_MAX = 320;

    private final List<BounceListener> listeners;
    private final RandomGenerator random;
    private final JdbiStopRequests requests = new JdbiStopRequests();
    private final Subscribing subscribing;
    private final JdbiSubscriptions subscriptions = new JdbiSubscriptions();

    /** @param random unpredictable: a letter's public id is named in links */
    ListStopRequest(Subscribing subscribing, List<BounceListener> listeners, RandomGenerator random) {
        this.subscribing = subscribing;
        this.listeners = List.copyOf(listeners);
        this.random = random;
    }

    /** @param answered the delivery whose token the mail carries, if it does */
    void list(
            Handle handle,
            byte[] mail,
            PersonalMail read,
            Optional<ReportedDelivery> answered,
            String source,
            Instant receivedAt) {
        String sender = read.from() == null ? "-" : cut(read.from(), SENDER_MAX);
        Optional<SubscriberId> subscriber =
                answered.map(ReportedDelivery::subscriber).or(() -> bySender(handle, read.from()));
        Optional<NewsletterId> newsletter = answered.map(ReportedDelivery::newsletter)
                .or(() -> subscriber.flatMap(id -> onlyNewsletter(handle, id)));
        StopRequest request = new StopRequest(
                0,
                random.nextLong(1, Long.MAX_VALUE),
                receivedAt,
                source,
                sender,
                subscriber.orElse(null),
                newsletter.orElse(null),
                words(read));
        requests.insert(handle, Fingerprint.of(mail, "stop"), request).ifPresent(listed -> {
            long today = requests.countSince(handle, receivedAt.minus(Duration.ofDays(1)));
            listeners.forEach(listener -> listener.askedToStop(handle, listed, today));
        });
    }

    private Optional<SubscriberId> bySender(Handle handle, String from) {
        return EmailAddress.check(from == null ? "" : from) instanceof AddressCheck.Valid valid
                ? subscribing.find(handle, valid.address()).map(Subscriber::id)
                : Optional.empty();
    }

    private Optional<NewsletterId> onlyNewsletter(Handle handle, SubscriberId subscriber) {
        List<Subscription> active = subscriptions.findAll(handle, subscriber).stream()
                .filter(subscription -> subscription.state() == SubscriptionState.ACTIVE)
                .toList();
        return active.size() == 1 ? Optional.of(active.get(0).newsletter()) : Optional.empty();
    }

    private static String words(PersonalMail mail) {
        String words = mail.words().isBlank() ? mail.subject() : mail.words();
        return cut(words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), StopRequest.WORDS_MAX);
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }
}
