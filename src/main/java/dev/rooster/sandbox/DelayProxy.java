package dev.rooster.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy on loopback that lets every byte arrive later, so that a distant relay can be played on one machine. It delays; it
 * does not model congestion or windows. Thread-safe.
 */
public final class DelayProxy implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    /** Chunks under way in one direction of one connection. */
    private static final int UNDER_WAY_MAX = 256;

    private final ServerSocket server;
    private final int target;
    private final long oneWayNanos;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private DelayProxy(ServerSocket server, int target, Duration roundTrip) {
        this.server = server;
        this.target = target;
        this.oneWayNanos = roundTrip.toNanos() / 2;
    }

    /**
     * Starts it on a free port.
     *
     * @param target the port on loopback to which it leads
     * @param roundTrip how much later an answer comes
     */
    public static DelayProxy start(int target, Duration roundTrip) throws IOException {
        DelayProxy proxy =
                new DelayProxy(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), target, roundTrip);
        thread("rooster-delay-accept", proxy::accept);
        return proxy;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket relay = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                relay.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(relay);
                carry(client, relay);
                carry(relay, client);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private record Chunk(byte[] bytes, long dueNanos) {}

    private void carry(Socket from, Socket to) {
        BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(UNDER_WAY_MAX);
        thread("rooster-delay-in", () -> take(from, underWay));
        thread("rooster-delay-out", () -> give(to, underWay));
    }

    private void take(Socket from, BlockingQueue<Chunk> underWay) {
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                underWay.put(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime() + oneWayNanos));
            }
            underWay.put(new Chunk(null, System.nanoTime() + oneWayNanos));
        } catch (IOException e) {
            offerEnd(underWay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void offerEnd(BlockingQueue<Chunk> underWay) {
        try {
            underWay.put(new Chunk(null, System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void give(Socket to, BlockingQueue<Chunk> underWay) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = underWay.take(); chunk.bytes() != null; chunk = underWay.take()) {
                for (long left = chunk.dueNanos() - System.nanoTime();
                        left > 0;
                        left = chunk.dueNanos() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(chunk.bytes());
            }
        } catch (IOException e) {
            // the other side is gone; its reader sees it too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(to);
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
