package dev.rooster.delivery;

import dev.rooster.delivery.Forecast.ByProvider;
import dev.rooster.delivery.Forecast.Carrier;
import dev.rooster.delivery.Forecast.Known;
import dev.rooster.delivery.Forecast.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The reckoning of one forecast: mails are taken as water that flows in short stretches of time, by the rules by which the
 * dispatcher sends. Who is behind in the edition's order goes first, as far as the provider's rate lets it; relays of the lowest
 * failover order share by weight.
 */
final class ForecastRun {
    private static final double STRETCH_SECONDS_MIN = 0.02;
    /** A stretch is at most this part of what has passed: so exact is the answer. */
    private static final int STRETCHES = 1_000;

    private static final int HALVINGS = 40;
    private static final double NOTHING = 1e-9;

    private final Known known;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Relay> relays = new ArrayList<>();
    private final ForecastBucket sender;
    private final Duration slot;
    private Pace pace;

    ForecastRun(Known known) {
        this.known = known;
        this.pace = known.release().pace();
        this.sender = new ForecastBucket(known.sender());
        known.mails().forEach((provider, mails) -> {
            if (mails.left() > 0) {
                lanes.add(new Lane(
                        provider,
                        mails,
                        new ForecastBucket(known.providers().getOrDefault(provider, Forecast.Allowance.NONE))));
            }
        });
        int lowest = known.carriers().stream().mapToInt(Carrier::failover).min().orElseThrow();
        for (Carrier carrier : known.carriers()) {
            if (carrier.failover() == lowest) {
                relays.add(new Relay(carrier));
            }
        }
        this.slot = finestSlot();
    }

    private Duration finestSlot() {
        List<ForecastBucket> all = new ArrayList<>(List.of(sender));
        lanes.forEach(lane -> all.add(lane.bucket));
        relays.forEach(relay -> all.add(relay.bucket));
        return all.stream()
                .map(ForecastBucket::slot)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** One provider. */
    private static final class Lane {
        final String provider;
        final Forecast.Mails mails;
        final ForecastBucket bucket;
        final Map<Limit, Double> waited = new EnumMap<>(Limit.class);
        double left;
        Instant last;
        /** Of this stretch: what may go, why not more (null: there is no more), and what goes. */
        double want;

        Limit why;
        double given;

        Lane(String provider, Forecast.Mails mails, ForecastBucket bucket) {
            this.provider = provider;
            this.mails = mails;
            this.bucket = bucket;
            this.left = mails.left();
        }

        /** How far it is in the edition's order, 0 to 1. */
        double position() {
            return 1 - left / mails.all();
        }

        void look(Instant now, double seconds, double released) {
            want = left;
            why = null;
            limit(bucket.room(now, seconds), Limit.PROVIDER);
            limit(Math.max(0, (released - position()) * mails.all()), Limit.PACE);
        }

        private void limit(double most, Limit because) {
            if (most < want) {
                want = most;
                why = because;
            }
        }

        /** What goes when all are to come as far as this. */
        double upTo(double position) {
            return Math.min(want, Math.max(0, (position - position()) * mails.all()));
        }

        void waits(Limit limit, double seconds) {
            waited.merge(limit, seconds, Double::sum);
        }

        void flow(Instant now, Instant next, double seconds, Limit shared) {
            if (given < want - NOTHING) {
                waits(shared, seconds);
            } else if (why != null) {
                waits(why, seconds);
            }
            bucket.use(given, now);
            if (given >= left - NOTHING) {
                last = next;
                left = 0;
            } else {
                left -= given;
            }
        }

        ByProvider result(Instant expires) {
            Limit most = Limit.RELAY;
            for (Map.Entry<Limit, Double> entry : waited.entrySet()) {
                if (entry.getValue() > waited.getOrDefault(most, 0.0)) {
                    most = entry.getKey();
                }
            }
            return new ByProvider(
                    provider, mails.left(), last == null ? expires : last, most, (long) Math.ceil(left - 1e-6));
        }
    }

    /** One relay of those that carry the edition. */
    private static final class Relay {
        final Carrier carrier;
        final ForecastBucket bucket;
        double own;
        double given;

        Relay(Carrier carrier) {
            this.carrier = carrier;
            this.bucket = new ForecastBucket(carrier.allowance());
        }
    }

    Forecast run() {
        Instant now = known.from();
        while (lanes.stream().anyMatch(lane -> lane.left > 0) && now.isBefore(known.expires())) {
            Instant silentUntil = known.silentUntil().apply(now);
            Instant next = silentUntil == null ? stretchEnd(now) : earlier(silentUntil, known.expires());
            double seconds = Duration.between(now, next).toNanos() / 1e9;
            if (silentUntil == null) {
                flow(now, next, seconds);
            } else {
                lanes.stream().filter(lane -> lane.left > 0).forEach(lane -> lane.waits(Limit.QUIET_HOURS, seconds));
            }
            passCanary(next);
            now = next;
        }
        List<ByProvider> providers = lanes.stream()
                .map(lane -> lane.result(known.expires()))
                .sorted(Comparator.comparing(ByProvider::last)
                        .thenComparingLong(ByProvider::late)
                        .thenComparingLong(ByProvider::mails)
                        .reversed()
                        .thenComparing(ByProvider::provider))
                .toList();
        Instant last = providers.isEmpty() ? known.from() : providers.get(0).last();
        return new Forecast(known.from(), last, known.expires(), providers);
    }

    /** Never over a moment at which something changes: a slot of what is counted, the beginning and the end of the pace. */
    private Instant stretchEnd(Instant now) {
        double passed = Duration.between(known.from(), now).toNanos() / 1e9;
        Instant end = now.plusNanos(Math.round(1e9 * Math.max(STRETCH_SECONDS_MIN, passed / STRETCHES)));
        if (slot != null) {
            long length = slot.toSeconds();
            end = earlier(end, Instant.ofEpochSecond((now.getEpochSecond() / length + 1) * length));
        }
        for (Instant change : new Instant[] {pace.restFrom(), pace.restUntil(), known.expires()}) {
            if (change != null && change.isAfter(now)) {
                end = earlier(end, change);
            }
        }
        return end;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void flow(Instant now, Instant next, double seconds) {
        double released = released(next);
        List<Lane> open = lanes.stream().filter(lane -> lane.left > 0).toList();
        open.forEach(lane -> lane.look(now, seconds, released));
        double wanted = sum(open);
        double bySender = sender.room(now, seconds);
        double most = share(Math.min(wanted, bySender), now, seconds);
        Limit shared = most < Math.min(wanted, bySender) - NOTHING ? relayLimit(now) : senderLimit(now);
        give(open, wanted, most);
        open.forEach(lane -> lane.flow(now, next, seconds, shared));
        sender.use(most, now);
        relays.forEach(relay -> relay.bucket.use(relay.given, now));
    }

    private static double sum(Collection<Lane> open) {
        double sum = 0;
        for (Lane lane : open) {
            sum += lane.want;
        }
        return sum;
    }

    /** What is let go until a moment, as a share of the edition. */
    private double released(Instant at) {
        if (pace.canary() >= pace.recipients()) {
            return 1;
        }
        double canary = (double) pace.canary() / pace.recipients();
        if (pace.restFrom() == null || !at.isAfter(pace.restFrom())) {
            return canary;
        }
        double length = Duration.between(pace.restFrom(), pace.restUntil()).toNanos();
        double passed = Duration.between(pace.restFrom(), at).toNanos();
        return passed >= length ? 1 : canary + (1 - canary) * passed / length;
    }

    /** The rest follows some time after the canary is answered, or its stragglers have been waited for. */
    private void passCanary(Instant now) {
        if (!pace.waitsForCanary()) {
            return;
        }
        double canary = (double) pace.canary() / pace.recipients();
        Forecast.Release release = known.release();
        boolean answered = lanes.stream().allMatch(lane -> lane.position() >= canary - NOTHING);
        if (answered || !now.isBefore(known.from().plus(release.canary().stragglers()))) {
            pace = Pace.afterCanary(
                    pace.recipients(),
                    pace.canary(),
                    release.readyAt(),
                    release.length(),
                    now.plus(release.canary().check()));
        }
    }

    /** Who is behind goes first, until all are as far as there is room for. */
    private static void give(List<Lane> open, double wanted, double most) {
        if (most >= wanted - NOTHING) {
            open.forEach(lane -> lane.given = lane.want);
            return;
        }
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            double all = 0;
            for (Lane lane : open) {
                all += lane.upTo(middle);
            }
            if (all > most) {
                high = middle;
            } else {
                low = middle;
            }
        }
        for (Lane lane : open) {
            lane.given = lane.upTo(low);
        }
    }

    /**
     * What the relays carry of so much, by {@link Carriers}' rules: a slow one slows those that share with it, one that its own rate
     * keeps does not.
     */
    private double share(double wanted, Instant now, double seconds) {
        List<Relay> sharing = new ArrayList<>(relays);
        for (Relay relay : relays) {
            relay.own = relay.bucket.room(now, seconds);
            relay.given = 0;
        }
        double rest = wanted;
        double sum = 0;
        while (!sharing.isEmpty() && rest > 0) {
            double weights = sharing.stream()
                    .mapToDouble(relay -> relay.carrier.weight())
                    .sum();
            double together = rest;
            for (Relay relay : sharing) {
                together = Math.min(together, relay.carrier.perSecond() * seconds * weights / relay.carrier.weight());
            }
            double all = together;
            Relay kept = sharing.stream()
                    .filter(relay -> relay.own < all * relay.carrier.weight() / weights - NOTHING)
                    .min(Comparator.comparingDouble(relay -> relay.own / relay.carrier.weight()))
                    .orElse(null);
            if (kept == null) {
                sharing.forEach(relay -> relay.given = all * relay.carrier.weight() / weights);
                return sum + all;
            }
            kept.given = kept.own;
            sum += kept.own;
            rest -= kept.own;
            sharing.remove(kept);
        }
        return sum;
    }

    private Limit relayLimit(Instant now) {
        if (relays.stream().anyMatch(relay -> relay.bucket.warmUpBinds(now))) {
            return Limit.WARM_UP;
        }
        return relays.stream().anyMatch(relay -> relay.given >= relay.own - NOTHING) ? Limit.RELAY_RATE : Limit.RELAY;
    }

    private Limit senderLimit(Instant now) {
        return sender.warmUpBinds(now) ? Limit.WARM_UP : Limit.NEWSLETTER;
    }
}
