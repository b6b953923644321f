package dev.rooster.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * An SMTP server on loopback that does what a {@link PeerScript} says: accept, refuse, defer, hang, or break off at any
 * octet. It delivers nothing anywhere; it remembers what it took, and in which ways the client broke the protocol. One
 * thread per connection. Thread-safe.
 */
public final class ScriptedSmtpPeer implements AutoCloseable {
    private static final int REMEMBERED_MAX = 10_000;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final PeerScript script;
    private final Consumer<PeerMessage> onAccepted;
    private final ServerSocket server;
    private final Set<PeerConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connectionsSeen = new AtomicInteger();
    private final AtomicLong acceptedCount = new AtomicLong();
    private final List<PeerMessage> accepted = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final Map<String, Instant> greylist = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedSmtpPeer(PeerScript script, int port, Consumer<PeerMessage> onAccepted) throws IOException {
        this.script = script;
        this.onAccepted = onAccepted;
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 200);
        thread("accept", this::acceptConnections).start();
    }

    /** Listens on a free port. */
    public static ScriptedSmtpPeer start(PeerScript script) throws IOException {
        return start(script, 0, message -> {});
    }

    /**
     * @param port 0: any free one
     * @param onAccepted called for each message before its reply, by the thread of its connection
     */
    public static ScriptedSmtpPeer start(PeerScript script, int port, Consumer<PeerMessage> onAccepted)
            throws IOException {
        return new ScriptedSmtpPeer(script, port, onAccepted);
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What was taken, in order; the newest 10,000 at most, and nothing if the script keeps no messages. */
    public List<PeerMessage> accepted() {
        synchronized (accepted) {
            return List.copyOf(accepted);
        }
    }

    public long acceptedCount() {
        return acceptedCount.get();
    }

    /** In which ways clients broke the protocol. */
    public List<String> violations() {
        synchronized (violations) {
            return List.copyOf(violations);
        }
    }

    /** The command lines of all connections, as they were read; the newest 10,000 at most. */
    public List<String> commands() {
        synchronized (commands) {
            return List.copyOf(commands);
        }
    }

    public int connectionsSeen() {
        return connectionsSeen.get();
    }

    public int openConnections() {
        return connections.size();
    }

    private void acceptConnections() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                int number = connectionsSeen.incrementAndGet();
                PeerConnection connection = new PeerConnection(this, script, number, socket);
                connections.add(connection);
                thread("connection-" + number, connection).start();
            } catch (IOException e) {
                // Closed, or the client gave up before it was accepted: the loop's condition tells which.
            }
        }
    }

    private Thread thread(String what, Runnable task) {
        Thread thread = new Thread(task, "smtp-peer-" + server.getLocalPort() + "-" + what);
        thread.setDaemon(true);
        return thread;
    }

    /** @return the number of the message, from 1 */
    long accept(PeerMessage message) {
        if (script.keepsBodies()) {
            remember(accepted, message);
        }
        onAccepted.accept(message);
        return acceptedCount.incrementAndGet();
    }

    void heard(String line) {
        if (script.keepsBodies()) {
            remember(commands, line);
        }
    }

    void violation(String what) {
        remember(violations, what);
    }

    private static <T> void remember(List<T> list, T what) {
        synchronized (list) {
            if (list.size() == REMEMBERED_MAX) {
                list.remove(0);
            }
            list.add(what);
        }
    }

    /** RFC 6647 §2: the first try of a pair is deferred, later ones are when they come too soon. */
    boolean isGreylisted(String mailFrom, String rcpt) {
        if (script.greylistFor() == null) {
            return false;
        }
        Instant now = script.clock().instant();
        Duration least = script.greylistFor();
        Instant first = greylist.putIfAbsent(mailFrom + " " + rcpt, now);
        return first == null || now.isBefore(first.plus(least));
    }

    /** Waits for the script's latch, for at most so long, or until the peer is closed. */
    void await(CountDownLatch until, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long left = longest.toNanos();
        while (until.getCount() > 0 && closed.getCount() > 0 && left > 0) {
            until.await(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
            left = end - System.nanoTime();
        }
    }

    void ended(PeerConnection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            // It no longer accepts either way.
        }
        connections.forEach(PeerConnection::close);
    }
}
