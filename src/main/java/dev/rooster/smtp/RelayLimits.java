package dev.rooster.smtp;

import java.time.Duration;

/**
 * How much one relay is used at once, and one connection before it is replaced.
 *
 * @param connections how many may be open at once, 1–200; 8 by default
 * @param messagesPerConnection 1–100,000; 500 by default
 * @param connectionLifetime how long one connection takes new messages, 1 s – 1 day; 5 min by default. Time is the safer
 *     of the two limits: by count alone, the slowest server behind a relay's name attracts the traffic
 */
public record RelayLimits(int connections, int messagesPerConnection, Duration connectionLifetime) {

    public RelayLimits {
        require(connections >= 1 && connections <= 200, "connections", connections, "1–200");
        require(
                messagesPerConnection >= 1 && messagesPerConnection <= 100_000,
                "messages-per-connection",
                messagesPerConnection,
                "1–100000");
        require(
                connectionLifetime.toSeconds() >= 1 && connectionLifetime.compareTo(Duration.ofDays(1)) <= 0,
                "connection-lifetime",
                connectionLifetime,
                "1 s – 1 day");
    }

    private static void require(boolean holds, String setting, Object found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " is " + found + "; expected " + expected);
        }
    }

    public static RelayLimits defaults() {
        return new RelayLimits(8, 500, Duration.ofMinutes(5));
    }
}
