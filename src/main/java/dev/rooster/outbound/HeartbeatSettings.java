package dev.rooster.outbound;

import java.net.URI;
import java.time.Duration;

/**
 * An address outside that is told every minute that all is well, and raises the alarm when it hears nothing.
 *
 * @param url null: nobody is told
 * @param timeout how long the address may take, less than a minute
 */
public record HeartbeatSettings(URI url, Duration timeout) {
    public static HeartbeatSettings defaults() {
        return new HeartbeatSettings(null, Duration.ofSeconds(10));
    }
}
