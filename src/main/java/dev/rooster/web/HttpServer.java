package dev.rooster.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A Javalin server with stated limits and named threads. */
final class HttpServer {
    private static final int HEADER_BYTES_MAX = 16_384;
    private static final int QUEUE_MAX = 128;
    private static final int CONNECTIONS_MAX = 1_000;

    private HttpServer() {}

    /** Where to listen; port 0 for any free one. */
    record Listen(String host, int port) {}

    /**
     * @param name first part of its threads' names
     * @param threads at most, at least 4
     */
    static Javalin create(
            String name,
            Listen listen,
            int threads,
            int bodyBytesMax,
            Duration idleTimeout,
            Consumer<JavalinConfig> routes) {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.maxRequestSize = bodyBytesMax;
            config.http.generateEtags = false;
            config.router.ignoreTrailingSlashes = true;
            config.router.treatMultipleSlashesAsSingleSlash = true;
            config.jetty.threadPool = threads(name, threads, idleTimeout);
            config.jetty.multipartConfig.maxTotalRequestSize(bodyBytesMax, SizeUnit.BYTES);
            config.jetty.multipartConfig.maxFileSize(bodyBytesMax, SizeUnit.BYTES);
            config.jetty.multipartConfig.maxInMemoryFileSize(bodyBytesMax, SizeUnit.BYTES);
            config.jetty.modifyHttpConfiguration(http -> {
                http.setSendServerVersion(false);
                http.setSendXPoweredBy(false);
                http.setRequestHeaderSize(HEADER_BYTES_MAX);
                http.setResponseHeaderSize(HEADER_BYTES_MAX);
                http.setIdleTimeout(idleTimeout.toMillis());
            });
            config.jetty.modifyServer(server -> {
                server.setStopTimeout(2_000);
                // Jetty wants its queue of work unbounded; what bounds it is the number of connections.
                server.addBean(new NetworkConnectionLimit(CONNECTIONS_MAX, server));
            });
            config.jetty.addConnector((server, http) -> {
                ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
                connector.setHost(listen.host());
                connector.setPort(listen.port());
                connector.setIdleTimeout(idleTimeout.toMillis());
                connector.setAcceptQueueSize(QUEUE_MAX);
                return connector;
            });
            routes.accept(config);
        });
    }

    private static QueuedThreadPool threads(String name, int threads, Duration idleTimeout) {
        QueuedThreadPool pool = new QueuedThreadPool(threads, 4, (int) idleTimeout.toMillis());
        pool.setName(name);
        pool.setDaemon(true);
        return pool;
    }
}
