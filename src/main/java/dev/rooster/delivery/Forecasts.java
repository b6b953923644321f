package dev.rooster.delivery;

import dev.rooster.db.Database;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes forecasts: for a slot to come, and for an edition that is being sent. Thread-safe. */
public final class Forecasts {
    /** What one connection gets through where nothing was measured: 40 ms a mail, a relay some way off. */
    static final double PER_CONNECTION_AND_SECOND = 25;

    private static final Duration MEASURED_OVER = Duration.ofSeconds(30);

    private final Database database;
    private final Function<NewsletterId, Optional<RelayPool>> relays;
    private final Supplier<Map<RateKey, List<RateLimit>>> limits;
    private final CanarySettings canary;
    private final InstantSource clock;
    private final JdbiForecast counts = new JdbiForecast();

    /** @param limits of what is limited; asked at each forecast */
    public Forecasts(
            Database database,
            Function<NewsletterId, Optional<RelayPool>> relays,
            Supplier<Map<RateKey, List<RateLimit>>> limits,
            CanarySettings canary,
            InstantSource clock) {
        this.database = database;
        this.relays = relays;
        this.limits = limits;
        this.canary = canary;
        this.clock = clock;
    }

    /** An issue that begins at {@code from}, with today's readers and the newsletter's pace. */
    public Forecast planned(Newsletter newsletter, Instant from) {
        Map<String, Long> mails = database.jdbi().withHandle(handle -> counts.audience(handle, newsletter.id()));
        long all = mails.values().stream().mapToLong(Long::longValue).sum();
        boolean allFirst = canary.size(all) >= all;
        Instant paceEnds = allFirst ? from : from.plus(newsletter.settings().pace());
        return Forecast.of(known(newsletter.id(), from, mails, paceEnds, usualSpeed(newsletter.id())));
    }

    /** What is left of an edition, from now; empty when it is not being sent. */
    public Optional<Forecast> live(Edition edition) {
        if (edition.state() != EditionState.SENDING || edition.readyAt() == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant paceEnds = paceEnds(edition);
        return Optional.of(database.jdbi()
                .withHandle(handle -> Forecast.of(known(
                        edition.newsletter(),
                        now,
                        counts.left(handle, edition.id()),
                        paceEnds,
                        speed(
                                edition,
                                now,
                                paceEnds,
                                counts.acceptedSince(handle, edition.id(), now.minus(MEASURED_OVER)))))));
    }

    /** While the canary is out, the rest ends when the pace promised; it may take half the pace longer. */
    private static Instant paceEnds(Edition edition) {
        Pace pacing = edition.pacing();
        boolean paced = !edition.pace().isZero() && pacing.canary() < edition.recipients();
        return !paced
                ? edition.readyAt()
                : pacing.restUntil() == null ? edition.readyAt().plus(edition.pace()) : pacing.restUntil();
    }

    private Forecast.Known known(
            NewsletterId newsletter, Instant from, Map<String, Long> mails, Instant paceEnds, double speed) {
        Map<RateKey, List<RateLimit>> all = limits.get();
        List<Forecast.Allowance> shared = new ArrayList<>(allowances(all, Rates.newsletter(newsletter)));
        relays.apply(newsletter)
                .ifPresent(pool ->
                        shared.addAll(allowances(all, Rates.relay(pool.relay().name()))));
        Map<String, List<Forecast.Allowance>> byProvider = mails.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), provider -> allowances(all, Rates.provider(provider))));
        return new Forecast.Known(from, mails, paceEnds, speed, shared, byProvider);
    }

    private static List<Forecast.Allowance> allowances(Map<RateKey, List<RateLimit>> limits, RateKey key) {
        return limits.getOrDefault(key, List.of()).stream()
                .map(Forecast.Allowance::of)
                .toList();
    }

    /** As measured in the last seconds, where nothing but the relay set the speed; else as usual. */
    private double speed(Edition edition, Instant now, Instant paceEnds, long taken) {
        Duration over = Duration.between(edition.readyAt(), now);
        double seconds = Math.min(over.toMillis(), MEASURED_OVER.toMillis()) / 1000.0;
        boolean paced =
                paceEnds.isAfter(now.minus(MEASURED_OVER)) && !edition.pace().isZero();
        return paced || taken == 0 || seconds < 1 ? usualSpeed(edition.newsletter()) : taken / seconds;
    }

    private double usualSpeed(NewsletterId newsletter) {
        return PER_CONNECTION_AND_SECOND
                * relays.apply(newsletter).map(RelayPool::connections).orElse(1);
    }
}
