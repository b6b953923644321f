package dev.rooster.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Postfix' {@code smtp-sink} on loopback, in a process of its own that ends with this one. Thread-safe. */
public final class SmtpSink implements AutoCloseable {
    private static final long START_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
    /** Connections that may wait to be taken. */
    private static final int BACKLOG = 256;

    private final Process process;
    private final int port;
    private final Thread atExit;

    private SmtpSink(Process process, int port) {
        this.process = process;
        this.port = port;
        this.atExit = new Thread(process::destroyForcibly, "rooster-sink-end");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts it on a free port.
     *
     * @throws IOException when it does not answer within ten seconds
     */
    public static SmtpSink start(Path program) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "root")); // it asks the superuser, and only him, whom to run as
        }
        command.addAll(List.of("127.0.0.1:" + port, Integer.toString(BACKLOG)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        SmtpSink sink = new SmtpSink(process, port);
        long until = System.nanoTime() + START_NANOS_MAX;
        while (!sink.answers()) {
            if (System.nanoTime() - until > 0 || !process.isAlive()) {
                sink.close();
                throw new IOException(program + " did not start");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return sink;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return socket.getInputStream().read() == '2';
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // this process ends anyway
        }
    }
}
