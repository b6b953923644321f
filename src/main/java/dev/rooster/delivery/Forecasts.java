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
import java.util.function.Function;

/** Makes forecasts: for a slot to come, and for an edition that is being sent. Thread-safe. */
public final class Forecasts {
    /** What one connection gets through where nothing was measured: 40 ms a mail, a relay some way off. */
    static final double PER_CONNECTION_AND_SECOND = 25;

    private static final Duration MEASURED_OVER = Duration.ofSeconds(30);

    private final Database database;
    private final Function<NewsletterId, Optional<RelayPool>> relays;
    private final InstantSource clock;
    private final JdbiForecast counts = new JdbiForecast();

    public Forecasts(Database database, Function<NewsletterId, Optional<RelayPool>> relays, InstantSource clock) {
        this.database = database;
        this.relays = relays;
        this.clock = clock;
    }

    /** An issue that begins at {@code from}, with today's readers and the newsletter's pace. */
    public Forecast planned(Newsletter newsletter, Instant from) {
        Map<String, Long> mails = database.jdbi().withHandle(handle -> counts.audience(handle, newsletter.id()));
        return Forecast.of(new Forecast.Known(
                from,
                mails,
                from.plus(newsletter.settings().pace()),
                usualSpeed(newsletter.id()),
                List.of(),
                Map.of()));
    }

    /** What is left of an edition, from now; empty when it is not being sent. */
    public Optional<Forecast> live(Edition edition) {
        if (edition.state() != EditionState.SENDING || edition.readyAt() == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant paceEnds = edition.readyAt().plus(edition.pace());
        return Optional.of(database.jdbi()
                .withHandle(handle -> Forecast.of(new Forecast.Known(
                        now,
                        counts.left(handle, edition.id()),
                        paceEnds,
                        speed(
                                edition,
                                now,
                                paceEnds,
                                counts.acceptedSince(handle, edition.id(), now.minus(MEASURED_OVER))),
                        List.of(),
                        Map.of()))));
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
