package dev.rooster.inbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/** Ends connections that last too long: a client that says a byte a minute would otherwise hold its place for ever. */
final class SessionLifetimes implements SessionHandler, AutoCloseable {
    private final long lifetimeNanos;
    private final Map<Session, Long> begun = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "rooster-receiver-watch");
        thread.setDaemon(true);
        return thread;
    });

    SessionLifetimes(Duration lifetime) {
        this.lifetimeNanos = lifetime.toNanos();
        long every = Math.max(1, lifetime.toMillis() / 10);
        watch.scheduleWithFixedDelay(this::endOld, every, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public SessionAcceptance accept(Session session) {
        begun.put(session, System.nanoTime());
        return SessionAcceptance.success();
    }

    @Override
    public void onSessionEnd(Session session) {
        begun.remove(session);
    }

    private void endOld() {
        long now = System.nanoTime();
        begun.forEach((session, since) -> {
            if (now - since > lifetimeNanos) {
                session.quit();
            }
        });
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
