package dev.rooster.outbound;

import java.net.URI;
import java.time.Duration;

/**
 * By which roads alarms go, besides the mail that every notice is.
 *
 * @param relay name of a relay that carries alarms, tried before that of the notices; null: only theirs
 * @param url is posted each alarm; null: none is
 * @param timeout how long the address may take
 */
public record AlarmSettings(String relay, URI url, Duration timeout) {
    public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(10);

    public static AlarmSettings defaults() {
        return new AlarmSettings(null, null, TIMEOUT_DEFAULT);
    }
}
