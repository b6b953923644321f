package dev.rooster.smtp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends writes that take too long. A blocking write has no timeout in Java, and a relay that stops reading would hold its
 * sender for ever; so one thread looks at all open connections now and then. Nothing is paid per message.
 */
final class StalledWrites implements AutoCloseable {
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch;

    /** @param everyMillis how often it looks; a write is ended at most this much late */
    StalledWrites(String relay, long everyMillis) {
        watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "smtp-" + relay + "-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(this::look, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    void watch(Wire wire) {
        wires.add(wire);
    }

    private void look() {
        long now = System.nanoTime();
        for (Wire wire : wires) {
            wire.cutIfStalled(now);
            if (wire.isCut()) {
                wires.remove(wire);
            }
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        wires.clear();
    }
}
