package dev.rooster.delivery;

import dev.rooster.db.Database;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Makes forecasts: for a slot to come, and for an edition that is being sent. Thread-safe. */
public final class Forecasts {
    /** What one connection gets through where nothing was measured: 40 ms a mail, a relay some way off. */
    static final double PER_CONNECTION_AND_SECOND = 25;

    private static final Duration MEASURED_OVER = Duration.ofSeconds(30);

    private final Database database;
    private final Function<NewsletterId, List<RelayPool>> relays;
    private final Traffic traffic;
    private final CanarySettings canary;
    private final InstantSource clock;
    private final JdbiForecast counts = new JdbiForecast();

    /**
     * What sets the speed, besides relays; asked at each forecast.
     *
     * @param limits of what is limited
     * @param warmUps of what is being warmed up
     * @param silence when quiet hours end that hold for a newsletter at a moment; null: none do
     */
    public record Traffic(
            Supplier<Map<RateKey, List<RateLimit>>> limits,
            Supplier<Map<RateKey, WarmUp>> warmUps,
            BiFunction<NewsletterId, Instant, Instant> silence) {}

    /** @param relays that carry a newsletter */
    public Forecasts(
            Database database,
            Function<NewsletterId, List<RelayPool>> relays,
            Traffic traffic,
            CanarySettings canary,
            InstantSource clock) {
        this.database = database;
        this.relays = relays;
        this.traffic = traffic;
        this.canary = canary;
        this.clock = clock;
    }

    /** An issue that begins at {@code from}, with today's readers and the newsletter's pace. Empty without a relay. */
    public Optional<Forecast> planned(Newsletter newsletter, Instant from) {
        return database.jdbi().withHandle(handle -> {
            Map<String, Forecast.Mails> mails = new TreeMap<>();
            counts.audience(handle, newsletter.id())
                    .forEach((provider, readers) -> mails.put(provider, new Forecast.Mails(readers, readers)));
            long all = mails.values().stream().mapToLong(Forecast.Mails::all).sum();
            Duration length = newsletter.settings().pace();
            Pace pace = length.isZero() ? Pace.NONE : new Pace(all, canary.size(all), null, null);
            return forecast(
                    handle,
                    newsletter.id(),
                    new Moment(from, from.plus(DeliverySettings.expiry(newsletter.settings()))),
                    mails,
                    new Forecast.Release(pace, from, length, canary),
                    Speed.USUAL);
        });
    }

    /** What is left of an edition, from now; empty when it is not being sent. */
    public Optional<Forecast> live(Edition edition) {
        if (edition.state() != EditionState.SENDING || edition.readyAt() == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return database.jdbi()
                .withHandle(handle -> forecast(
                        handle,
                        edition.newsletter(),
                        new Moment(now, edition.expiresAt()),
                        counts.left(handle, edition.id()),
                        new Forecast.Release(edition.pacing(), edition.readyAt(), edition.pace(), canary),
                        measured(handle, edition, now)));
    }

    private record Moment(Instant from, Instant expires) {}

    /** @param perSecond as measured; 0: nothing was */
    private record Speed(double perSecond) {
        static final Speed USUAL = new Speed(0);
    }

    private Optional<Forecast> forecast(
            Handle handle,
            NewsletterId newsletter,
            Moment moment,
            Map<String, Forecast.Mails> mails,
            Forecast.Release release,
            Speed speed) {
        List<RelayPool> pools = relays.apply(newsletter);
        if (pools.isEmpty()) {
            return Optional.empty();
        }
        Rules rules = new Rules(traffic.limits().get(), traffic.warmUps().get(), counts.used(handle));
        int lowest = pools.stream().mapToInt(RelayPool::failover).min().orElseThrow();
        int connections = pools.stream()
                .filter(pool -> pool.failover() == lowest)
                .mapToInt(RelayPool::connections)
                .sum();
        double each = speed.perSecond() > 0 ? speed.perSecond() / connections : PER_CONNECTION_AND_SECOND;
        List<Forecast.Carrier> carriers = pools.stream()
                .map(pool -> new Forecast.Carrier(
                        pool.relay().name(),
                        each * pool.connections(),
                        pool.weight(),
                        pool.failover(),
                        rules.of(Rates.relay(pool.relay().name()))))
                .toList();
        Map<String, Forecast.Allowance> providers = new TreeMap<>();
        mails.keySet().forEach(provider -> providers.put(provider, rules.of(Rates.provider(provider))));
        return Optional.of(Forecast.of(new Forecast.Known(
                moment.from(),
                mails,
                release,
                carriers,
                rules.of(Rates.newsletter(newsletter)),
                providers,
                at -> traffic.silence().apply(newsletter, at),
                moment.expires())));
    }

    /** The rates as they are set, and what was used of them. */
    private record Rules(
            Map<RateKey, List<RateLimit>> limits,
            Map<RateKey, WarmUp> warmUps,
            Map<String, Map<RateLimit.Period, Map<Instant, Long>>> used) {
        Forecast.Allowance of(RateKey key) {
            return new Forecast.Allowance(
                    limits.getOrDefault(key, List.of()), warmUps.get(key), used.getOrDefault(key.text(), Map.of()));
        }
    }

    /** As measured in the last seconds, where nothing but the relay set the speed; else as usual. */
    private Speed measured(Handle handle, Edition edition, Instant now) {
        Pace pacing = edition.pacing();
        boolean paced = pacing.waitsForCanary()
                || pacing.restUntil() != null && pacing.restUntil().isAfter(now.minus(MEASURED_OVER));
        Duration over = Duration.between(edition.readyAt(), now);
        double seconds = Math.min(over.toMillis(), MEASURED_OVER.toMillis()) / 1000.0;
        if (paced || seconds < 1) {
            return Speed.USUAL;
        }
        long taken = counts.acceptedSince(handle, edition.id(), now.minus(MEASURED_OVER));
        return new Speed(taken / seconds);
    }
}
