package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How fast this node may send, by relay, newsletter and mailbox provider. A row needs leave of all three. Pure: it is asked
 * before a row is offered, says what is to be reserved of the rates that all nodes share, and is told what was granted.
 *
 * <p>What nobody limits costs nothing.
 */
final class Rates {
    private final Map<String, RateBucket> relays = new HashMap<>();
    private final Map<String, RateBucket> newsletters = new HashMap<>();
    private final Map<String, RateBucket> providers = new HashMap<>();
    private final Map<RateKey, RateBucket> all = new LinkedHashMap<>();

    /** @param limits of what is limited; an empty list limits nothing */
    Rates(Map<RateKey, List<RateLimit>> limits) {
        this(limits, Map.of());
    }

    /** @param warmUps of what is not yet known to providers */
    Rates(Map<RateKey, List<RateLimit>> limits, Map<RateKey, WarmUp> warmUps) {
        Set<RateKey> keys = new LinkedHashSet<>(limits.keySet());
        keys.addAll(warmUps.keySet());
        for (RateKey key : keys) {
            List<RateLimit> its = limits.getOrDefault(key, List.of());
            WarmUp warmUp = warmUps.get(key);
            if (!its.isEmpty() || warmUp != null) {
                RateBucket bucket = new RateBucket(key, its, warmUp);
                of(key.kind()).put(key.name(), bucket);
                all.put(key, bucket);
            }
        }
    }

    static Rates unlimited() {
        return new Rates(Map.of());
    }

    static RateKey relay(String name) {
        return new RateKey(RateKey.Kind.RELAY, name);
    }

    static RateKey newsletter(NewsletterId id) {
        return new RateKey(RateKey.Kind.NEWSLETTER, Long.toString(id.value()));
    }

    static RateKey provider(String word) {
        return new RateKey(RateKey.Kind.PROVIDER, word);
    }

    private Map<String, RateBucket> of(RateKey.Kind kind) {
        return switch (kind) {
            case RELAY -> relays;
            case NEWSLETTER -> newsletters;
            case PROVIDER -> providers;
        };
    }

    /** True when nothing is limited. */
    boolean none() {
        return all.isEmpty();
    }

    /** The rates of one newsletter through one relay, by mailbox provider. */
    Leave leave(String relay, NewsletterId newsletter) {
        return new Leave(
                relays.get(relay), newsletters.isEmpty() ? null : newsletters.get(Long.toString(newsletter.value())));
    }

    /** Whether this relay's own rate lets a message go now. */
    boolean relayOpen(String relay, Instant now) {
        RateBucket bucket = relays.get(relay);
        return bucket == null || bucket.room(now) > 0;
    }

    /** The rates that a row of one edition needs on one relay. */
    final class Leave {
        private final RateBucket relay;
        private final RateBucket newsletter;

        private Leave(RateBucket relay, RateBucket newsletter) {
            this.relay = relay;
            this.newsletter = newsletter;
        }

        /** How many messages may go to this provider at this moment. */
        int room(String provider, Instant now) {
            int room = room(newsletter, now, room(relay, now, Integer.MAX_VALUE));
            return room == 0 ? 0 : room(providers.get(provider), now, room);
        }

        private int room(RateBucket bucket, Instant now, int most) {
            return bucket == null ? most : Math.min(most, bucket.room(now));
        }

        void take(String provider) {
            take(relay);
            take(newsletter);
            take(providers.get(provider));
        }

        private void take(RateBucket bucket) {
            if (bucket != null) {
                bucket.take();
            }
        }
    }

    /** Rows that wait for leave, by what they wait for. */
    final class Demand {
        private final Map<RateBucket, Integer> rows = new HashMap<>();

        /**
         * @param carriers the relays that may carry them
         * @param waiting rows of this provider at hand, that nothing but rates keeps
         */
        void add(Collection<String> carriers, NewsletterId newsletter, String provider, int waiting) {
            RateBucket its = providers.get(provider);
            int most = waiting;
            if (its != null) {
                rows.merge(its, waiting, Integer::sum);
                // more can't go through the others: it would be lost there, to nodes that can use it
                most = Math.min(most, its.pending());
            }
            RateBucket sender = newsletters.get(Long.toString(newsletter.value()));
            if (sender != null) {
                rows.merge(sender, most, Integer::sum);
                most = Math.min(most, sender.pending());
            }
            for (String carrier : carriers) {
                RateBucket through = relays.get(carrier);
                if (through != null) {
                    rows.merge(through, most, Integer::sum);
                }
            }
        }

        List<RateAsk> asks(Instant now) {
            List<RateAsk> asks = new ArrayList<>();
            for (RateBucket bucket : all.values()) {
                RateAsk ask = bucket.ask(rows.getOrDefault(bucket, 0), now);
                if (ask != null) {
                    asks.add(ask);
                }
            }
            return asks;
        }

        /** When a row that waits may go, or more can be asked for; null: only an event changes that. */
        Instant changesAt(Instant now) {
            Instant first = null;
            for (RateBucket bucket : rows.keySet()) {
                Instant at = bucket.changesAt(now);
                if (at != null && (first == null || at.isBefore(first))) {
                    first = at;
                }
            }
            return first;
        }
    }

    Demand demand() {
        return new Demand();
    }

    void granted(Collection<RateGrant> grants, Instant now) {
        grants.forEach(grant -> all.get(grant.key()).granted(grant, now));
    }

    void failed(Collection<RateAsk> asks, Instant now) {
        asks.forEach(ask -> all.get(ask.key()).failed(now));
    }

    /** Nothing more is sent here: what was granted goes back. */
    List<RateAsk> giveBack(Instant now) {
        all.values().stream().filter(RateBucket::counted).forEach(RateBucket::giveBack);
        return demand().asks(now);
    }
}
