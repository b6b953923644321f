package dev.rooster.outbound;

import java.time.Duration;

/**
 * How long links are waited for, and how many are asked.
 *
 * @param step to connect, and for each piece of an answer
 * @param link for one link with all its redirects
 * @param all for all links together
 * @param links how many are asked, the first ones
 * @param atOnce how many at a time
 */
public record LinkPatience(Duration step, Duration link, Duration all, int links, int atOnce) {
    public static LinkPatience defaults() {
        return new LinkPatience(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60), 100, 8);
    }
}
