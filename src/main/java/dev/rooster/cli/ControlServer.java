package dev.rooster.cli;

import dev.rooster.language.Language;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running process's end of the control socket: carries out commands of other processes of the same user.
 *
 * <p>The socket is only readable by its owner (0600). At most {@value #CALLS_MAX} commands run at once; further callers wait.
 * A caller that goes away interrupts its command.
 */
final class ControlServer implements AutoCloseable {
    static final int CALLS_MAX = 16;
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final ControlSocket socket;
    private final ServerSocketChannel server;
    private final Supplier<App> app;
    private final Semaphore places = new Semaphore(CALLS_MAX);
    private final AtomicInteger calls = new AtomicInteger();

    private ControlServer(ControlSocket socket, ServerSocketChannel server, Supplier<App> app) {
        this.socket = socket;
        this.server = server;
        this.app = app;
    }

    /**
     * Listens; the caller must own the installation already, since what another process left is cleared away.
     *
     * @param app what commands are carried out on
     */
    static ControlServer start(Path data, Supplier<App> app) throws IOException {
        ControlSocket socket = ControlSocket.of(data);
        UnixDomainSocketAddress address = socket.claim();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(address);
        Files.setPosixFilePermissions(address.getPath(), PosixFilePermissions.fromString("rw-------"));
        ControlServer control = new ControlServer(socket, server, app);
        Thread acceptor = new Thread(control::accept, "control-accept");
        acceptor.setDaemon(true);
        acceptor.start();
        return control;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                places.acquire();
                SocketChannel channel = server.accept();
                Thread worker = new Thread(() -> serve(channel), "control-" + calls.incrementAndGet());
                worker.setDaemon(true);
                worker.start();
            } catch (ClosedChannelException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException e) {
                places.release();
                LOG.warn("A call on the control socket could not be taken; the caller can repeat it: {}", e.toString());
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            DataInputStream in = new DataInputStream(ChannelStreams.input(channel));
            DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(ChannelStreams.output(channel), 64 * 1024));
            Frames.Call call = Frames.Call.read(in);
            Input input = new Input(out);
            Thread reader = new Thread(
                    new Reader(in, input, Thread.currentThread()),
                    Thread.currentThread().getName() + "-in");
            reader.setDaemon(true);
            reader.start();
            Console console = new Console(
                    input,
                    new PrintStream(new Frames.Sink(out, Frames.STDOUT), true, StandardCharsets.UTF_8),
                    new PrintStream(new Frames.Sink(out, Frames.STDERR), true, StandardCharsets.UTF_8),
                    Path.of(call.folder()),
                    call.terminal(),
                    call.columns(),
                    Language.of(call.language(), Language.EN));
            int exit = new Commands(console, call.debug()).run(call.args(), app, where -> Commands.Answer.notRunning());
            input.finished = true;
            byte[] code = ByteBuffer.allocate(Integer.BYTES).putInt(exit).array();
            Frames.write(out, Frames.EXIT, code, 0, code.length);
        } catch (IOException e) {
            LOG.debug("The caller of a command went away: {}", e.toString());
        } finally {
            places.release();
        }
    }

    /** The control socket can't be made. */
    static final class CantListen extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String folder;

        CantListen(Path folder, IOException cause) {
            super(folder.toString(), cause);
            this.folder = folder.toString();
        }

        String folder() {
            return folder;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        socket.clear();
    }

    /** Takes the caller's frames; when they end before the command does, the command is interrupted. */
    private record Reader(DataInputStream in, Input input, Thread command) implements Runnable {
        @Override
        public void run() {
            try {
                while (true) {
                    Frames.Frame frame = Frames.Frame.read(in);
                    input.arrived.put(frame);
                }
            } catch (IOException e) {
                if (!input.finished) {
                    command.interrupt();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The caller's standard input, asked for piece by piece so that nothing is taken that the command does not read. */
    private static final class Input extends InputStream {
        private final DataOutputStream out;
        private final BlockingQueue<Frames.Frame> arrived = new ArrayBlockingQueue<>(2);
        private volatile boolean finished;
        private ByteBuffer current = ByteBuffer.allocate(0);
        private boolean ended;

        Input(DataOutputStream out) {
            this.out = out;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (!current.hasRemaining() && !ended) {
                Frames.write(out, Frames.WANT_STDIN, new byte[0], 0, 0);
                try {
                    Frames.Frame frame = arrived.take();
                    ended = frame.type() == Frames.STDIN_END;
                    current = ByteBuffer.wrap(frame.payload());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("the caller went away", e);
                }
            }
            if (!current.hasRemaining()) {
                return -1;
            }
            int taken = Math.min(length, current.remaining());
            current.get(bytes, offset, taken);
            return taken;
        }
    }
}
