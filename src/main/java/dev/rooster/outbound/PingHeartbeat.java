package dev.rooster.outbound;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls an address outside while all is well here. When something is not, it is not called, and whoever watches it raises the
 * alarm: the one alarm that also comes when this machine is gone. A failure is logged when it begins and when it ends. One
 * thread at a time.
 */
public final class PingHeartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(PingHeartbeat.class);

    private final HeartbeatSettings settings;
    private final Supplier<Optional<String>> trouble;
    private final ShortAnswer client;
    private String failing;

    /** @param trouble what is not well, in a few words; empty: all is */
    public PingHeartbeat(HeartbeatSettings settings, Supplier<Optional<String>> trouble) {
        this.settings = settings;
        this.trouble = trouble;
        this.client = new ShortAnswer(settings.timeout());
    }

    /** Calls once, if all is well; says whether the call was made and answered. */
    public boolean run() {
        Optional<String> why = whyNot();
        if (why.isEmpty()) {
            why = call();
        }
        if (why.isPresent() && failing == null) {
            LOG.warn("No heartbeat: {}", why.get());
        } else if (why.isEmpty() && failing != null) {
            LOG.warn("The heartbeat is back");
        }
        failing = why.orElse(null);
        return why.isEmpty();
    }

    private Optional<String> whyNot() {
        try {
            return trouble.get();
        } catch (RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    private Optional<String> call() {
        try {
            int status = client.status(HttpRequest.newBuilder(settings.url()).GET());
            return status / 100 == 2
                    ? Optional.empty()
                    : Optional.of(settings.url().getHost() + " answers " + status);
        } catch (IOException e) {
            return Optional.of(settings.url().getHost() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
