package dev.rooster.web;

import dev.rooster.mail.hook.CertificateSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what Amazon SNS has at its addresses: certificates, kept for a day, and the confirmation of a subscription. Follows no
 * redirect, reads little, waits briefly, and asks no more than a few times a minute, whatever is posted. Thread-safe; one fetch at
 * a time.
 */
final class SnsCertificates implements CertificateSource {
    private static final Logger LOG = LoggerFactory.getLogger(SnsCertificates.class);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int BYTES_MAX = 64 * 1024;
    private static final int KEPT_MAX = 16;
    private static final int FETCHES_A_MINUTE = 10;

    private final Fetch fetch;
    private final InstantSource clock;
    private final CallerCounts fetches;
    private final Map<URI, Kept> kept = new HashMap<>();

    private record Kept(X509Certificate certificate, Instant since) {}

    /** Fetches an address's bytes; empty for any answer but 200. */
    @FunctionalInterface
    interface Fetch {
        Optional<byte[]> get(URI address) throws IOException, InterruptedException;
    }

    SnsCertificates(InstantSource clock) {
        this(new Https()::get, clock);
    }

    SnsCertificates(Fetch fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = clock;
        this.fetches = new CallerCounts(Duration.ofMinutes(1), clock);
    }

    @Override
    public synchronized Optional<X509Certificate> find(URI address) {
        Instant now = clock.instant();
        Kept known = kept.get(address);
        if (known != null && now.isBefore(known.since().plus(KEPT))) {
            return Optional.of(known.certificate());
        }
        Optional<X509Certificate> found = get(address).flatMap(SnsCertificates::parse);
        found.ifPresent(certificate -> {
            if (kept.size() >= KEPT_MAX) {
                kept.clear();
            }
            kept.put(address, new Kept(certificate, now));
        });
        return found;
    }

    /** Visits the address that confirms a subscription; whether that was answered as it should be. */
    synchronized boolean visit(URI address) {
        return get(address).isPresent();
    }

    private Optional<byte[]> get(URI address) {
        if (fetches.add("") > FETCHES_A_MINUTE) {
            return Optional.empty();
        }
        try {
            return fetch.get(address);
        } catch (IOException e) {
            LOG.warn("{} can't be reached: {}", address.getHost(), e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<X509Certificate> parse(byte[] pem) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        } catch (CertificateException e) {
            LOG.warn("What stands for the certificate of Amazon SNS is none: {}", e.toString());
            return Optional.empty();
        }
    }

    /** The real network; its client is made when it is first needed. */
    private static final class Https {
        private HttpClient client;

        Optional<byte[]> get(URI address) throws IOException, InterruptedException {
            if (client == null) {
                client = HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(PATIENCE)
                        .build();
            }
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(BYTES_MAX + 1);
                return answer.statusCode() == 200 && bytes.length <= BYTES_MAX ? Optional.of(bytes) : Optional.empty();
            }
        }
    }
}
