package dev.rooster.cli;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** The caller's end of the control socket. Used by one thread; standard input is read on another, only when asked for. */
final class ControlClient implements Closeable {
    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(ChannelStreams.input(channel));
        this.out = new DataOutputStream(new BufferedOutputStream(ChannelStreams.output(channel)));
    }

    /** Connects to the running process; null when none runs. A socket left by a dead one counts as none. */
    static ControlClient tryConnect(ControlSocket socket) throws IOException {
        UnixDomainSocketAddress address = socket.find();
        if (address == null) {
            return null;
        }
        try {
            return new ControlClient(SocketChannel.open(address));
        } catch (ConnectException e) {
            return null;
        } catch (SocketException e) {
            return null;
        }
    }

    /** Has the command carried out there, and answers its exit code. */
    int run(GlobalOptions options, Console console) throws IOException {
        new Frames.Call(
                        options.rest(),
                        console.folder().toString(),
                        console.terminal(),
                        console.columns(),
                        options.language().tag(),
                        options.debug())
                .write(out);
        try {
            while (true) {
                Frames.Frame frame = Frames.Frame.read(in);
                switch (frame.type()) {
                    case Frames.STDOUT -> console.out().write(frame.payload());
                    case Frames.STDERR -> console.err().write(frame.payload());
                    case Frames.WANT_STDIN -> sendInput(console);
                    case Frames.EXIT -> {
                        return new DataInputStream(new ByteArrayInputStream(frame.payload())).readInt();
                    }
                    default -> throw new IOException("frame of type " + frame.type());
                }
            }
        } catch (EOFException e) {
            throw new Lost(e);
        }
    }

    private void sendInput(Console console) {
        Thread reader = new Thread(
                () -> {
                    try {
                        byte[] bytes = new byte[Frames.PAYLOAD_BYTES_MAX];
                        int length = console.in().read(bytes);
                        if (length < 0) {
                            Frames.write(out, Frames.STDIN_END, bytes, 0, 0);
                        } else {
                            Frames.write(out, Frames.STDIN, bytes, 0, length);
                        }
                    } catch (IOException e) {
                        // The process at the other end is gone: the reading loop says so.
                    }
                },
                "control-stdin");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The running process ended before it answered. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost(IOException cause) {
            super(cause);
        }
    }
}
