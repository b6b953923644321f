package dev.rooster.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Instants as people read them: in the zone of the newsletter where there is one, with its offset. */
final class LocalTimes {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx");
    private final ZoneId zone;

    private LocalTimes(ZoneId zone) {
        this.zone = zone;
    }

    static LocalTimes of(Session session) {
        return new LocalTimes(session.app()
                .newsletters()
                .only()
                .map(newsletter -> newsletter.settings().zone())
                .orElse(ZoneId.systemDefault()));
    }

    /** When a day begins. */
    Instant startOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }

    /** A dash for null. */
    String text(Instant instant) {
        return instant == null ? "-" : FORMAT.format(instant.atZone(zone));
    }
}
