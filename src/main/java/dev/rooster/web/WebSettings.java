package dev.rooster.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Where and how pages are served.
 *
 * @param host address to listen on for the public pages
 * @param port of the public pages, 0 for any free one
 * @param managementHost address for health and metrics; loopback unless a firewall stands before it
 * @param managementPort 0 for any free one
 * @param publicUrl how the pages are reached from outside, without a slash at its end; null: as they are listened to
 * @param trustedProxies addresses ({@code 10.0.0.7}) or networks ({@code 10.0.0.0/8}) whose X-Forwarded-For is believed
 * @param threads that serve requests at most, 4 to 400
 * @param bodyBytesMax larger requests are refused
 * @param idleTimeout a connection that is silent for so long is closed
 * @param signUpsPerAddress sign-ups from one network address in an hour
 * @param signUpsPerHour sign-ups from everywhere in an hour
 * @param marketingConsent names of newsletters whose sign-up asks, apart from the rest, for consent to advertising
 *     (Personal Information Protection Act of Korea §22(1)7)
 */
public record WebSettings(
        String host,
        int port,
        String managementHost,
        int managementPort,
        URI publicUrl,
        List<String> trustedProxies,
        int threads,
        int bodyBytesMax,
        Duration idleTimeout,
        int signUpsPerAddress,
        int signUpsPerHour,
        Set<String> marketingConsent) {

    public WebSettings {
        trustedProxies = List.copyOf(trustedProxies);
        marketingConsent = Set.copyOf(marketingConsent);
        require(port >= 0 && port <= 65_535, "port", port);
        require(managementPort >= 0 && managementPort <= 65_535, "managementPort", managementPort);
        require(threads >= 4 && threads <= 400, "threads", threads);
        require(bodyBytesMax >= 4_096, "bodyBytesMax", bodyBytesMax);
        require(signUpsPerAddress >= 1, "signUpsPerAddress", signUpsPerAddress);
        require(signUpsPerHour >= 1, "signUpsPerHour", signUpsPerHour);
        trustedProxies.forEach(Network::of);
    }

    public static WebSettings defaults() {
        return new WebSettings(
                "0.0.0.0",
                8080,
                "127.0.0.1",
                8081,
                null,
                List.of("127.0.0.1", "::1"),
                32,
                65_536,
                Duration.ofSeconds(30),
                10,
                300,
                Set.of());
    }

    private static void require(boolean holds, String field, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("web " + field + " can't be '" + found + "'");
        }
    }
}
