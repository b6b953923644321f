package dev.rooster.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One rate in a forecast: what may go of it in a stretch of time, counted as {@link JdbiRates} counts. */
final class ForecastBucket {
    private final Forecast.Allowance allowance;
    private final double perSecond;
    private final Map<RateLimit.Period, TreeMap<Instant, Double>> used = new EnumMap<>(RateLimit.Period.class);

    ForecastBucket(Forecast.Allowance allowance) {
        this.allowance = allowance;
        this.perSecond = allowance.limits().stream()
                .filter(limit -> limit.period().spread())
                .mapToDouble(limit ->
                        limit.messages() * 1000.0 / limit.period().length().toMillis())
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        for (RateLimit.Period period : RateLimit.Period.values()) {
            used.put(period, new TreeMap<>());
            allowance
                    .used()
                    .getOrDefault(period, Map.of())
                    .forEach((slot, messages) -> used.get(period).put(slot, messages.doubleValue()));
        }
    }

    /** How finely it counts; null: nothing of it is counted. */
    Duration slot() {
        Duration finest = allowance.warmUp() == null ? null : RateLimit.Period.DAY.slot();
        for (RateLimit limit : allowance.limits()) {
            Duration its = limit.period().slot();
            if (!limit.period().spread() && (finest == null || its.compareTo(finest) < 0)) {
                finest = its;
            }
        }
        return finest;
    }

    /** What may go from {@code now} for so many seconds. */
    double room(Instant now, double seconds) {
        double room = perSecond * seconds;
        for (RateLimit limit : counted(now)) {
            room = Math.min(room, limit.messages() - used(limit.period(), now));
        }
        return Math.max(0, room);
    }

    /** Whether the day's limit of a warm-up is what lets no more go. */
    boolean warmUpBinds(Instant now) {
        RateLimit today = allowance.warmUp() == null ? null : allowance.warmUp().limit(now);
        return today != null && today.messages() - used(today.period(), now) < 1;
    }

    private List<RateLimit> counted(Instant now) {
        List<RateLimit> counted = new ArrayList<>();
        for (RateLimit limit : allowance.limits()) {
            if (!limit.period().spread()) {
                counted.add(limit);
            }
        }
        RateLimit today = allowance.warmUp() == null ? null : allowance.warmUp().limit(now);
        if (today != null) {
            counted.add(today);
        }
        return counted;
    }

    private double used(RateLimit.Period period, Instant now) {
        double sum = 0;
        for (double one :
                used.get(period).tailMap(period.windowStart(now), false).values()) {
            sum += one;
        }
        return sum;
    }

    void use(double messages, Instant now) {
        for (RateLimit.Period period : RateLimit.Period.values()) {
            if (!period.spread()) {
                used.get(period).merge(period.slotAt(now), messages, Double::sum);
            }
        }
    }
}
