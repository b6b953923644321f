package dev.rooster.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    @Test
    void readinessFollowsItsChecksAndHealthDoesNot() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.counter("rooster.test").increment();
        try (ManagementServer server =
                ManagementServer.of(PagesOnTrial.settings(0, 1, 1, Set.of()), metrics, Map.of("database", () -> {
                    if (broken.get()) {
                        throw new IllegalStateException("gone");
                    }
                    return Optional.empty();
                }))) {
            server.start();
            assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
            broken.set(true);
            assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(server, "/readyz").body()).contains("database: IllegalStateException");
            assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(server, "/metrics").body()).contains("rooster_test_total 1.0", "jvm_memory_used_bytes");
        }
    }

    private static HttpResponse<String> get(ManagementServer server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
