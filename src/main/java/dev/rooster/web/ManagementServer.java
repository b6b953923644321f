package dev.rooster.web;

import io.javalin.Javalin;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health and metrics, on a port of their own that is not for the world: {@code /healthz} (the process answers), {@code /readyz} (it can
 * work; else 503 and why), {@code /metrics} (for Prometheus).
 */
public final class ManagementServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
    private static final int THREADS = 6;
    private static final int BODY_BYTES_MAX = 4_096;

    private final Javalin server;
    private final WebSettings settings;
    private final JvmGcMetrics garbage;

    private ManagementServer(Javalin server, WebSettings settings, JvmGcMetrics garbage) {
        this.server = server;
        this.settings = settings;
        this.garbage = garbage;
    }

    /**
     * A server that does not listen yet.
     *
     * @param checks what must hold for work to go on, by name: empty when it holds, else why not. Asked at each call; must be quick
     */
    public static ManagementServer of(
            WebSettings settings, PrometheusMeterRegistry metrics, Map<String, Supplier<Optional<String>>> checks) {
        Map<String, Supplier<Optional<String>>> inOrder = new LinkedHashMap<>(checks);
        JvmGcMetrics garbage = new JvmGcMetrics();
        garbage.bindTo(metrics);
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
        Javalin server = HttpServer.create(
                "rooster-manage",
                new HttpServer.Listen(settings.managementHost(), settings.managementPort()),
                THREADS,
                BODY_BYTES_MAX,
                settings.idleTimeout(),
                config -> {
                    config.routes.get("/healthz", ctx -> ctx.result("ok\n"));
                    config.routes.get("/readyz", ctx -> {
                        Map<String, String> faults = faults(inOrder);
                        StringBuilder answer = new StringBuilder();
                        inOrder.keySet()
                                .forEach(name -> answer.append(name)
                                        .append(": ")
                                        .append(faults.getOrDefault(name, "ok"))
                                        .append('\n'));
                        ctx.status(faults.isEmpty() ? 200 : 503).result(answer.toString());
                    });
                    config.routes.get(
                            "/metrics",
                            ctx -> ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                                    .result(metrics.scrape()));
                });
        return new ManagementServer(server, settings, garbage);
    }

    private static Map<String, String> faults(Map<String, Supplier<Optional<String>>> checks) {
        Map<String, String> faults = new LinkedHashMap<>();
        checks.forEach((name, check) -> {
            try {
                check.get().ifPresent(why -> faults.put(name, why));
            } catch (RuntimeException e) {
                // Without the trace: probes come every few seconds for as long as an outage lasts.
                LOG.warn("{} is not ready: {}", name, e.toString());
                LOG.debug("{} is not ready", name, e);
                faults.put(name, e.getClass().getSimpleName());
            }
        });
        return faults;
    }

    public void start() {
        server.start();
        LOG.info("Health and metrics are served on {}:{}", settings.managementHost(), server.port());
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        garbage.close();
    }
}
