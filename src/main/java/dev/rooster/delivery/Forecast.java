package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * When the last mail of an edition will be handed to the relay, by mailbox provider: that is not when it arrives. What is refused for
 * now and tried again later is not foreseen, and no relay is taken to fail.
 *
 * @param from when the reckoning begins
 * @param last when the last of all is handed over; the same as {@code from} when none is left
 * @param expires when the issue is given up; the reckoning ends there
 * @param providers the last ready first
 */
public record Forecast(Instant from, Instant last, Instant expires, List<ByProvider> providers) {

    /** What a provider's mails wait for most. */
    public enum Limit {
        /** The pace of the newsletter, with its canary. */
        PACE,
        /** The rate kept with this provider. */
        PROVIDER,
        /** The rate of the newsletter. */
        NEWSLETTER,
        /** The relays' own rates. */
        RELAY_RATE,
        /** The day's limit of a newsletter or relay that is being warmed up. */
        WARM_UP,
        /** The newsletter's quiet hours. */
        QUIET_HOURS,
        /** The speed of the relays' connections. */
        RELAY
    }

    /**
     * One provider's share.
     *
     * @param mails still to be handed over
     * @param last when the last of them is; when the issue expires, if that is sooner
     * @param late how many are left when the issue expires
     */
    public record ByProvider(String provider, long mails, Instant last, Limit limit, long late) {}

    /** How many would not be handed over before the issue expires. */
    public long late() {
        return providers.stream().mapToLong(ByProvider::late).sum();
    }

    /**
     * What is kept of one rate.
     *
     * @param warmUp null: none
     * @param used what was used of limits by the hour and by the day, by the beginning of the slot in which it was
     */
    public record Allowance(List<RateLimit> limits, WarmUp warmUp, Map<RateLimit.Period, Map<Instant, Long>> used) {
        static final Allowance NONE = new Allowance(List.of(), null, Map.of());

        static Allowance of(RateLimit... limits) {
            return new Allowance(List.of(limits), null, Map.of());
        }
    }

    /**
     * A relay that carries the newsletter.
     *
     * @param perSecond what its connections get through in a second, all together; more than 0
     */
    public record Carrier(String relay, double perSecond, int weight, int failover, Allowance allowance) {
        public Carrier {
            if (!(perSecond > 0)) {
                throw new IllegalArgumentException("a relay takes more than " + perSecond + " a second");
            }
        }
    }

    /**
     * One provider's mails.
     *
     * @param all of the edition, evenly among the others in its order
     * @param left of these, without a try
     */
    public record Mails(long all, long left) {
        public Mails {
            if (left < 0 || left > all) {
                throw new IllegalArgumentException(left + " of " + all + " can't be left");
            }
        }
    }

    /**
     * When first tries are let go.
     *
     * @param pace as the edition's row says; while its canary is out, the rest follows from what is said here
     * @param readyAt from when the pace counts
     * @param length of the pace
     */
    public record Release(Pace pace, Instant readyAt, Duration length, CanarySettings canary) {}

    /**
     * What is known when one reckons.
     *
     * @param mails by provider
     * @param carriers at least one
     * @param sender the newsletter's own rate
     * @param providers absent: no rate
     * @param silentUntil when silence ends that holds at a moment; null: it is not quiet then
     * @param expires when the issue is given up
     */
    public record Known(
            Instant from,
            Map<String, Mails> mails,
            Release release,
            List<Carrier> carriers,
            Allowance sender,
            Map<String, Allowance> providers,
            UnaryOperator<Instant> silentUntil,
            Instant expires) {
        public Known {
            mails = Map.copyOf(mails);
            carriers = List.copyOf(carriers);
            providers = Map.copyOf(providers);
        }
    }

    /** Reckons. Pure; some milliseconds, a tenth of a second for an issue that takes days. */
    public static Forecast of(Known known) {
        return new ForecastRun(known).run();
    }
}
