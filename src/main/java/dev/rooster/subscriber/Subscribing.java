package dev.rooster.subscriber;

import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.RefusalEntry;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.suppression.Suppression;
import dev.rooster.suppression.SuppressionReason;
import dev.rooster.suppression.SuppressionScope;
import dev.rooster.token.AddressHash;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Every change that a person or an operator makes to a subscription: state, evidence and suppression together, in the caller's
 * transaction (so that the caller's notice belongs to it too). Each is safe to repeat: a second press of a button changes
 * nothing. Thread-safe; changes to one person wait for each other.
 */
public final class Subscribing {
    private final AddressHash hashes;
    private final RefusalLog log;
    private final InstantSource clock;
    private final JdbiSubscribers subscribers = new JdbiSubscribers();
    private final JdbiSubscriptions subscriptions = new JdbiSubscriptions();
    private final JdbiSuppressions suppressions = new JdbiSuppressions();
    private final JdbiOrphanRefusals orphans = new JdbiOrphanRefusals();
    private final JdbiLegacyOfPerson legacy = new JdbiLegacyOfPerson();
    private final JdbiEndedPeople ended = new JdbiEndedPeople();

    public Subscribing(AddressHash hashes, RefusalLog log, InstantSource clock) {
        this.hashes = hashes;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Someone asks for a newsletter with an address that is not yet proven to be theirs. A refusal on record stays in force
     * until the owner confirms, and what is known of an existing person is not changed by a stranger's form.
     */
    public RequestOutcome request(Handle handle, NewsletterId newsletter, NewSubscriber person, Evidence evidence) {
        String hash = hashes.of(person.address().key());
        Optional<Suppression> blocking = blocking(handle, hash, newsletter);
        if (blocking.isPresent()) {
            return new RequestOutcome.Blocked(blocking.get().reason());
        }
        Subscriber subscriber = findOrInsert(handle, person, hash);
        Optional<Subscription> standing = subscriptions.find(handle, newsletter, subscriber.id());
        if (standing.isPresent() && standing.get().state() == SubscriptionState.ACTIVE) {
            return new RequestOutcome.AlreadyActive(subscriber);
        }
        if (standing.isEmpty()) {
            insert(handle, newsletter, subscriber.id(), SubscriptionState.PENDING, evidence);
        }
        subscriptions.record(handle, newsletter, subscriber.id(), ConsentKind.REQUESTED, evidence);
        return new RequestOutcome.ToBeConfirmed(subscriber);
    }

    /**
     * The owner of the address confirms, by a link mailed to it: active from now on, and an earlier refusal of this newsletter
     * is lifted (a refusal of all newsletters stays in force for the others).
     */
    public GrantOutcome confirm(Handle handle, NewsletterId newsletter, SubscriberId id, Evidence evidence) {
        Optional<Subscriber> found = locked(handle, id);
        if (found.isEmpty()) {
            return new GrantOutcome.Unknown();
        }
        Subscriber subscriber = found.get();
        Optional<Suppression> blocking = blocking(handle, subscriber.addressHash(), newsletter);
        if (blocking.isPresent()) {
            return new GrantOutcome.Blocked(blocking.get().reason());
        }
        liftOwnRefusals(handle, newsletter, subscriber);
        return activate(handle, newsletter, subscriber, evidence);
    }

    /**
     * Consent that reached an operator in another way, with its evidence. Lifts nothing: whoever refused must confirm
     * personally, or have the suppression removed first.
     */
    public GrantOutcome grant(Handle handle, NewsletterId newsletter, NewSubscriber person, Evidence evidence) {
        String hash = hashes.of(person.address().key());
        Optional<SuppressionReason> reason = suppressions
                .find(handle, hash, newsletter)
                .map(Suppression::reason)
                .or(() -> refusedAsOrphan(handle, newsletter, hash));
        if (reason.isPresent()) {
            return new GrantOutcome.Blocked(reason.get());
        }
        Subscriber subscriber = findOrInsert(handle, person, hash);
        subscribers.update(handle, subscriber, person, clock.instant());
        return activate(handle, newsletter, subscriber, evidence);
    }

    /**
     * The person refuses, now. In force before this transaction's commit is acknowledged: the state, the suppression by hash
     * and the refusal log.
     *
     * @return whether anything changed; false for the second press, and for a person who no longer exists
     */
    public boolean refuse(
            Handle handle, NewsletterId newsletter, SubscriberId id, Evidence evidence, RefusalScope scope) {
        Optional<Subscriber> found = locked(handle, id);
        if (found.isEmpty()) {
            return false;
        }
        Subscriber subscriber = found.get();
        boolean all = scope == RefusalScope.ALL_NEWSLETTERS;
        insert(handle, newsletter, id, SubscriptionState.PENDING, evidence);
        boolean changed = suppress(
                handle,
                subscriber,
                all ? SuppressionScope.all() : SuppressionScope.of(newsletter),
                SuppressionReason.UNSUBSCRIBED,
                evidence);
        for (Subscription subscription : subscriptions.findAll(handle, id)) {
            boolean meant = all || subscription.newsletter().equals(newsletter);
            if (meant && leave(handle, subscription, evidence)) {
                changed = true;
            }
        }
        if (changed) {
            log.append(List.of(
                    entry(handle, all ? null : newsletter, subscriber, evidence.at(), RefusalEntry.Kind.REFUSED)));
        }
        return changed;
    }

    /**
     * A refusal by a link whose person this database does not know: kept by public id until that person turns up.
     *
     * @return whether it is new
     */
    public boolean refuseUnknown(Handle handle, long newsletterPublicId, long subscriberPublicId, Instant at) {
        boolean added = orphans.add(handle, newsletterPublicId, subscriberPublicId, at);
        if (added) {
            String prefix = java.util.HexFormat.of().toHexDigits(subscriberPublicId);
            log.append(List.of(new RefusalEntry(at, newsletterPublicId, prefix, RefusalEntry.Kind.REFUSED)));
        }
        return added;
    }

    /**
     * The person takes a refusal back, as on the page that confirms it: each subscription returns to what it was. A refusal of
     * all newsletters is taken back for all that it ended.
     *
     * @return whether anything changed
     */
    public boolean undo(Handle handle, NewsletterId newsletter, SubscriberId id, Evidence evidence) {
        Optional<Subscriber> found = locked(handle, id);
        Optional<Subscription> standing = subscriptions.find(handle, newsletter, id);
        if (found.isEmpty() || standing.isEmpty() || standing.get().state() != SubscriptionState.UNSUBSCRIBED) {
            return false;
        }
        Subscriber subscriber = found.get();
        boolean ofAll = removeIfUnsubscribed(handle, subscriber, SuppressionScope.all());
        removeIfUnsubscribed(handle, subscriber, SuppressionScope.of(newsletter));
        Instant refusedAt = standing.get().since();
        for (Subscription subscription : subscriptions.findAll(handle, id)) {
            boolean meant = subscription.newsletter().equals(newsletter)
                    || ofAll && subscription.since().equals(refusedAt);
            if (meant && subscription.state() == SubscriptionState.UNSUBSCRIBED) {
                comeBack(handle, subscription, evidence);
            }
        }
        RefusalEntry lifted =
                entry(handle, ofAll ? null : newsletter, subscriber, evidence.at(), RefusalEntry.Kind.LIFTED);
        handle.afterCommit(() -> log.append(List.of(lifted)));
        return true;
    }

    /** A complaint (a spam report): no newsletter ever mails this address again. */
    public boolean complain(Handle handle, SubscriberId id, Instant at, String source) {
        return turnAway(handle, id, SubscriptionState.COMPLAINED, SuppressionReason.COMPLAINT, at, source);
    }

    /**
     * The address does not take mail.
     *
     * @param reason {@code HARD_BOUNCE} or {@code SOFT_BOUNCES}
     */
    public boolean bounce(Handle handle, SubscriberId id, SuppressionReason reason, Instant at, String source) {
        return turnAway(handle, id, SubscriptionState.BOUNCED, reason, at, source);
    }

    /**
     * Erases a person: what remains is the keyed hash in the suppressions, which keeps the address from being imported again,
     * and a ledger whose rows name nobody.
     *
     * @return whether there was anyone
     */
    public boolean erase(Handle handle, SubscriberId id, Evidence evidence) {
        Optional<Subscriber> found = locked(handle, id);
        if (found.isEmpty()) {
            return false;
        }
        Subscriber subscriber = found.get();
        String hash = subscriber.addressHash();
        suppressions.add(
                handle,
                new Suppression(
                        hash,
                        SuppressionScope.all(),
                        SuppressionReason.ERASED,
                        evidence.at(),
                        evidence.source(),
                        null));
        suppressions.forgetAddress(handle, hash);
        legacy.forget(handle, id, hash);
        subscribers.delete(handle, id);
        log.append(List.of(entry(handle, null, subscriber, evidence.at(), RefusalEntry.Kind.ERASED)));
        return true;
    }

    /**
     * Erases a person who left every newsletter before an instant; looks again, under a lock, whether that is so. Unlike
     * {@link #erase} it refuses nothing that the person did not refuse: what was suppressed stays so, by the keyed hash alone.
     *
     * @return whether the person was erased
     */
    boolean forget(Handle handle, SubscriberId id, Instant before) {
        Optional<Subscriber> found = locked(handle, id);
        if (found.isEmpty() || !ended.isEnded(handle, id, before)) {
            return false;
        }
        String hash = found.get().addressHash();
        for (Subscription subscription : subscriptions.findAll(handle, id)) {
            // a no that only the subscription says must not go with it
            suppressions.add(
                    handle,
                    new Suppression(
                            hash,
                            SuppressionScope.of(subscription.newsletter()),
                            reasonOf(subscription.state()),
                            subscription.since(),
                            subscription.source(),
                            null));
        }
        suppressions.forgetAddress(handle, hash);
        legacy.forget(handle, id, hash);
        subscribers.delete(handle, id);
        return true;
    }

    private static SuppressionReason reasonOf(SubscriptionState state) {
        return switch (state) {
            case COMPLAINED -> SuppressionReason.COMPLAINT;
            case BOUNCED -> SuppressionReason.SOFT_BOUNCES;
            default -> SuppressionReason.UNSUBSCRIBED;
        };
    }

    /** The person with an address, compared in its canonical form. */
    public Optional<Subscriber> find(Handle handle, EmailAddress address) {
        return subscribers.findByAddress(handle, address, hashes);
    }

    private Subscriber findOrInsert(Handle handle, NewSubscriber person, String hash) {
        return find(handle, person.address())
                .orElseGet(() -> subscribers.insert(handle, person, hash, clock.instant()));
    }

    private Optional<Subscriber> locked(Handle handle, SubscriberId id) {
        return subscribers.lock(handle, id) ? subscribers.find(handle, id) : Optional.empty();
    }

    /** What not even the owner's confirmation lifts. */
    private Optional<Suppression> blocking(Handle handle, String hash, NewsletterId newsletter) {
        return suppressions
                .find(handle, hash, newsletter)
                .filter(suppression -> !suppression.reason().liftedByConfirmation());
    }

    private Optional<SuppressionReason> refusedAsOrphan(Handle handle, NewsletterId newsletter, String hash) {
        return orphans.findAmong(handle, newsletter, List.of(AddressHash.publicId(hash)))
                        .isEmpty()
                ? Optional.empty()
                : Optional.of(SuppressionReason.UNSUBSCRIBED);
    }

    private GrantOutcome activate(Handle handle, NewsletterId newsletter, Subscriber subscriber, Evidence evidence) {
        String source = evidence.method().text();
        Instant now = clock.instant();
        boolean changed = subscriptions.insertIfAbsent(
                        handle, new Subscription(newsletter, subscriber.id(), SubscriptionState.ACTIVE, now, source))
                || subscriptions.move(handle, newsletter, subscriber.id(), SubscriptionState.ACTIVE, now, source);
        if (!changed) {
            return new GrantOutcome.AlreadyActive(subscriber);
        }
        subscriptions.record(handle, newsletter, subscriber.id(), ConsentKind.GRANTED, evidence);
        return new GrantOutcome.Granted(subscriber);
    }

    private void liftOwnRefusals(Handle handle, NewsletterId newsletter, Subscriber subscriber) {
        String hash = subscriber.addressHash();
        boolean lifted = orphans.remove(handle, newsletter, subscriber.publicId());
        for (Suppression suppression : suppressions.findAll(handle, hash)) {
            boolean meant = suppression.scope().isAll() || suppression.scope().equals(SuppressionScope.of(newsletter));
            if (meant && suppression.reason().liftedByConfirmation()) {
                lifted = true;
                suppressions.remove(handle, hash, suppression.scope());
                if (suppression.scope().isAll() && suppression.reason() != SuppressionReason.SOFT_BOUNCES) {
                    legacy.suppressOthers(handle, suppression, newsletter);
                }
            }
        }
        if (lifted) {
            RefusalEntry entry = entry(handle, newsletter, subscriber, clock.instant(), RefusalEntry.Kind.LIFTED);
            handle.afterCommit(() -> log.append(List.of(entry)));
        }
    }

    private boolean suppress(
            Handle handle, Subscriber subscriber, SuppressionScope scope, SuppressionReason reason, Evidence evidence) {
        return suppressions.add(
                handle,
                new Suppression(
                        subscriber.addressHash(),
                        scope,
                        reason,
                        evidence.at(),
                        evidence.source(),
                        subscriber.address().text()));
    }

    private void insert(
            Handle handle, NewsletterId newsletter, SubscriberId id, SubscriptionState state, Evidence evidence) {
        subscriptions.insertIfAbsent(
                handle,
                new Subscription(
                        newsletter,
                        id,
                        state,
                        clock.instant(),
                        evidence.method().text()));
    }

    /** Ends one subscription; one that bounced or was complained about keeps the stronger state. */
    private boolean leave(Handle handle, Subscription subscription, Evidence evidence) {
        boolean left = subscriptions.move(
                handle,
                subscription.newsletter(),
                subscription.subscriber(),
                SubscriptionState.UNSUBSCRIBED,
                evidence.at(),
                evidence.method().text(),
                SubscriptionState.PENDING,
                SubscriptionState.ACTIVE);
        if (left) {
            subscriptions.record(
                    handle, subscription.newsletter(), subscription.subscriber(), ConsentKind.REFUSED, evidence);
        }
        return left;
    }

    private void comeBack(Handle handle, Subscription subscription, Evidence evidence) {
        SubscriptionState before =
                subscriptions.everGranted(handle, subscription.newsletter(), subscription.subscriber())
                        ? SubscriptionState.ACTIVE
                        : SubscriptionState.PENDING;
        subscriptions.move(
                handle,
                subscription.newsletter(),
                subscription.subscriber(),
                before,
                evidence.at(),
                evidence.method().text());
        subscriptions.record(
                handle, subscription.newsletter(), subscription.subscriber(), ConsentKind.UNDONE, evidence);
    }

    private boolean removeIfUnsubscribed(Handle handle, Subscriber subscriber, SuppressionScope scope) {
        boolean there = suppressions.findAll(handle, subscriber.addressHash()).stream()
                .anyMatch(found -> found.scope().equals(scope) && found.reason() == SuppressionReason.UNSUBSCRIBED);
        return there && suppressions.remove(handle, subscriber.addressHash(), scope);
    }

    private boolean turnAway(
            Handle handle,
            SubscriberId id,
            SubscriptionState state,
            SuppressionReason reason,
            Instant at,
            String source) {
        Optional<Subscriber> found = locked(handle, id);
        if (found.isEmpty()) {
            return false;
        }
        Subscriber subscriber = found.get();
        boolean changed = suppressions.add(
                handle,
                new Suppression(
                        subscriber.addressHash(),
                        SuppressionScope.all(),
                        reason,
                        at,
                        source,
                        subscriber.address().text()));
        for (Subscription subscription : subscriptions.findAll(handle, id)) {
            changed |= subscriptions.move(
                    handle,
                    subscription.newsletter(),
                    id,
                    state,
                    at,
                    reason.text(),
                    SubscriptionState.PENDING,
                    SubscriptionState.ACTIVE);
        }
        if (changed && state == SubscriptionState.COMPLAINED) {
            log.append(List.of(entry(handle, null, subscriber, at, RefusalEntry.Kind.COMPLAINED)));
        }
        return changed;
    }

    private RefusalEntry entry(
            Handle handle, NewsletterId newsletter, Subscriber subscriber, Instant at, RefusalEntry.Kind kind) {
        long publicId = newsletter == null ? 0 : legacy.newsletterPublicId(handle, newsletter);
        return new RefusalEntry(at, publicId, subscriber.addressHash(), kind);
    }
}
