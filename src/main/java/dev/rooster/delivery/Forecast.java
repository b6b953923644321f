package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When the last mail of an edition will be handed to the relay, by mailbox provider: that is not when it arrives. What is refused for
 * now and tried again later is not foreseen.
 *
 * @param from when the reckoning begins
 * @param last when the last of all is handed over; the same as {@code from} when none is left
 * @param providers the last ready first
 */
public record Forecast(Instant from, Instant last, List<ByProvider> providers) {

    /** What a provider's mails wait for most. */
    public enum Limit {
        /** The pace of the newsletter. */
        PACE,
        /** The rate kept with this provider. */
        PROVIDER,
        /** The relay's own rate, that of the newsletter, or the speed of its connections. */
        RELAY
    }

    /**
     * One provider's share.
     *
     * @param mails still to be handed over
     */
    public record ByProvider(String provider, long mails, Instant last, Limit limit) {}

    /**
     * At most so many messages in a length of time.
     *
     * @param spread they are spread evenly; else they may go at once, and the next only when the time is over
     */
    public record Allowance(long messages, Duration per, boolean spread) {
        static Allowance of(RateLimit limit) {
            return new Allowance(
                    limit.messages(), limit.period().length(), limit.period().spread());
        }

        double perSecond() {
            return spread ? messages * 1000.0 / per.toMillis() : Double.POSITIVE_INFINITY;
        }

        /** How long the last of so many waits at least. */
        double secondsFor(long mails) {
            return spread ? mails / perSecond() : (double) (Math.max(0, mails - 1) / messages) * per.toSeconds();
        }
    }

    /**
     * What is known when one reckons.
     *
     * @param mails by provider, those without a try
     * @param paceEnds when the last first try may begin; not after {@code from}: no pace
     * @param relayPerSecond what its connections get through in a second, all together; more than 0
     * @param shared allowances that all mails share: the relay's, the newsletter's
     * @param byProvider allowances of providers; absent: none
     */
    public record Known(
            Instant from,
            Map<String, Long> mails,
            Instant paceEnds,
            double relayPerSecond,
            List<Allowance> shared,
            Map<String, List<Allowance>> byProvider) {
        public Known {
            if (!(relayPerSecond > 0)) {
                throw new IllegalArgumentException("a relay takes more than " + relayPerSecond + " a second");
            }
            mails = Map.copyOf(mails);
            shared = List.copyOf(shared);
            byProvider = Map.copyOf(byProvider);
        }
    }

    /**
     * Reckons. Pure. Mails are taken as water: each provider's flows as fast as its own limits let it, all together as fast as
     * the relay does, which they share evenly; a slow provider holds up no other.
     */
    public static Forecast of(Known known) {
        Flow flow = new Flow(known);
        List<ByProvider> providers = known.mails().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> flow.of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(ByProvider::last)
                        .reversed()
                        .thenComparing(
                                Comparator.comparingLong(ByProvider::mails).reversed())
                        .thenComparing(ByProvider::provider))
                .toList();
        Instant last = providers.isEmpty() ? known.from() : providers.get(0).last();
        return new Forecast(known.from(), last, providers);
    }

    /** The reckoning of one forecast. */
    private static final class Flow {
        private final Known known;
        private final double paceSeconds;
        private final double together;
        /** Seconds from the beginning to the last of each provider. */
        private final Map<String, Double> done = new HashMap<>();

        Flow(Known known) {
            this.known = known;
            this.paceSeconds =
                    Math.max(0, Duration.between(known.from(), known.paceEnds()).toMillis() / 1000.0);
            this.together =
                    known.shared().stream().mapToDouble(Allowance::perSecond).reduce(known.relayPerSecond(), Math::min);
            run();
        }

        private double ownRate(String provider) {
            return known.byProvider().getOrDefault(provider, List.of()).stream()
                    .mapToDouble(Allowance::perSecond)
                    .reduce(Double.POSITIVE_INFINITY, Math::min);
        }

        /** From one change of the rates to the next: a provider is done, or the pace ends. At most one round more than providers. */
        private void run() {
            Map<String, Double> left = new HashMap<>();
            known.mails().forEach((provider, mails) -> {
                if (mails > 0) {
                    left.put(provider, mails.doubleValue());
                }
            });
            double now = 0;
            while (!left.isEmpty()) {
                boolean paced = now < paceSeconds;
                Map<String, Double> rates = rates(left, paced);
                double step = paced ? paceSeconds - now : Double.POSITIVE_INFINITY;
                for (Map.Entry<String, Double> entry : left.entrySet()) {
                    step = Math.min(step, entry.getValue() / rates.get(entry.getKey()));
                }
                now += step;
                for (String provider : List.copyOf(left.keySet())) {
                    double rest = left.get(provider) - rates.get(provider) * step;
                    if (rest < 1e-6 * known.mails().get(provider)) {
                        done.put(provider, now);
                        left.remove(provider);
                    } else {
                        left.put(provider, rest);
                    }
                }
            }
        }

        /** Each as fast as it may; where that is more than all together may, the smallest wants first and the rest evenly. */
        private Map<String, Double> rates(Map<String, Double> left, boolean paced) {
            Map<String, Double> wants = new HashMap<>();
            for (String provider : left.keySet()) {
                double released = paced ? known.mails().get(provider) / paceSeconds : Double.POSITIVE_INFINITY;
                wants.put(provider, Math.min(ownRate(provider), released));
            }
            List<String> modest = new ArrayList<>(wants.keySet());
            modest.sort(Comparator.comparing(wants::get));
            Map<String, Double> rates = new HashMap<>();
            double free = together;
            for (int i = 0; i < modest.size(); i++) {
                double rate = Math.min(wants.get(modest.get(i)), free / (modest.size() - i));
                rates.put(modest.get(i), rate);
                free -= rate;
            }
            return rates;
        }

        ByProvider of(String provider, long mails) {
            long all =
                    known.mails().values().stream().mapToLong(Long::longValue).sum();
            double counted = known.byProvider().getOrDefault(provider, List.of()).stream()
                    .mapToDouble(allowance -> allowance.secondsFor(mails))
                    .reduce(0, Math::max);
            double shared = known.shared().stream()
                    .filter(allowance -> !allowance.spread())
                    .mapToDouble(allowance -> allowance.secondsFor(all))
                    .reduce(0, Math::max);
            double last = Math.max(done.get(provider), Math.max(counted, shared));
            Instant at = known.from().plusMillis(Math.round(last * 1000));
            return new ByProvider(provider, mails, at, limit(last, counted));
        }

        private Limit limit(double last, double own) {
            double almost = last * 0.999;
            if (own > 0 && own >= almost) {
                return Limit.PROVIDER;
            }
            return paceSeconds > 0 && paceSeconds >= almost ? Limit.PACE : Limit.RELAY;
        }
    }
}
