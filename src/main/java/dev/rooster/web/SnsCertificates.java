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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what Amazon SNS has at its addresses: certificates, kept for a day, and the confirmation of a subscription. Follows no
 * redirect, reads little, waits briefly, and asks no more than a few times a minute, whatever is posted. Anybody who knows a
 * topic can name addresses that nobody has heard of; fetching those has an allowance of its own, one at a time, so that the
 * addresses that have proven messages, and confirmations, never wait for strangers. Thread-safe.
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
    private final Map<URI, Kept> kept = new ConcurrentHashMap<>();
    private final Set<URI> proven = ConcurrentHashMap.newKeySet();
    private final Lock strange = new ReentrantLock();

    /** What a fetch is for; each has its own allowance. */
    private enum Purpose {
        PROVEN,
        STRANGE,
        CONFIRMATION
    }

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
    public Optional<X509Certificate> find(URI address) {
        Kept known = kept.get(address);
        if (known != null && clock.instant().isBefore(known.since().plus(KEPT))) {
            return Optional.of(known.certificate());
        }
        return proven.contains(address) ? certificate(address, Purpose.PROVEN) : strange(address);
    }

    /** Empty as well while another is being fetched; whoever is genuine comes again. */
    private Optional<X509Certificate> strange(URI address) {
        if (!strange.tryLock()) {
            return Optional.empty();
        }
        try {
            return certificate(address, Purpose.STRANGE);
        } finally {
            strange.unlock();
        }
    }

    private Optional<X509Certificate> certificate(URI address, Purpose purpose) {
        Optional<X509Certificate> found = get(address, purpose).flatMap(SnsCertificates::parse);
        found.ifPresent(certificate -> {
            if (kept.size() >= KEPT_MAX) {
                kept.keySet().retainAll(proven);
            }
            kept.put(address, new Kept(certificate, clock.instant()));
        });
        return found;
    }

    @Override
    public void proven(URI address) {
        if (proven.size() >= KEPT_MAX && !proven.contains(address)) {
            proven.clear();
        }
        proven.add(address);
    }

    /** Visits the address that confirms a subscription; whether that was answered as it should be. */
    boolean visit(URI address) {
        return get(address, Purpose.CONFIRMATION).isPresent();
    }

    private Optional<byte[]> get(URI address, Purpose purpose) {
        if (fetches.add(purpose.name()) > FETCHES_A_MINUTE) {
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

        private synchronized HttpClient client() {
            if (client == null) {
                client = HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(PATIENCE)
                        .build();
            }
            return client;
        }

        Optional<byte[]> get(URI address) throws IOException, InterruptedException {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(PATIENCE).GET().build();
            HttpResponse<InputStream> answer = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(BYTES_MAX + 1);
                return answer.statusCode() == 200 && bytes.length <= BYTES_MAX ? Optional.of(bytes) : Optional.empty();
            }
        }
    }
}
