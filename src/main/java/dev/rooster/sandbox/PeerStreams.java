package dev.rooster.sandbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A peer's side of one connection: lines and octets in, replies out, and an end after a set number of either. Replies
 * are flushed when there is nothing left to read, so a pipelined group is answered in one write.
 */
final class PeerStreams {
    private static final int LINE_MAX = 4_096;

    private final long inMax;
    private final long outMax;
    private InputStream in;
    private OutputStream out;
    private final byte[] inBuffer = new byte[64 * 1024];
    private final byte[] outBuffer = new byte[8 * 1024];
    private int position;
    private int limit;
    private int pending;
    private long read;
    private long written;

    /** @param inMax the end comes after this many octets were read; {@code outMax}: or written */
    PeerStreams(Socket socket, long inMax, long outMax) throws IOException {
        this.inMax = inMax;
        this.outMax = outMax;
        moveTo(socket);
    }

    /** Goes on over another socket, as after STARTTLS; what was read ahead of it is forgotten. */
    void moveTo(Socket socket) throws IOException {
        in = socket.getInputStream();
        out = socket.getOutputStream();
        position = 0;
        limit = 0;
    }

    /** Octets that came before they were asked for. */
    boolean hasReadAhead() {
        return position < limit;
    }

    int next() throws IOException {
        if (read == inMax) {
            throw new Cut();
        }
        if (position == limit) {
            fill();
        }
        read++;
        return inBuffer[position++] & 0xff;
    }

    /** Ends the connection after this many more octets. */
    void skipThenCut(long octets) throws IOException {
        for (long i = 0; i < octets; i++) {
            next();
        }
        throw new Cut();
    }

    /** A line without its CRLF; a bare LF ends one too, and is left in front for the caller to complain about. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        byte[] octets = new byte[LINE_MAX];
        int length = 0;
        while (length < LINE_MAX) {
            int octet = next();
            if (octet == '\n') {
                boolean crlf = length > 0 && octets[length - 1] == '\r';
                line.append(new String(octets, 0, crlf ? length - 1 : length, StandardCharsets.UTF_8));
                return crlf ? line.toString() : "\n" + line;
            }
            octets[length++] = (byte) octet;
        }
        throw new IOException("a command line of more than " + LINE_MAX + " octets");
    }

    private void fill() throws IOException {
        flush();
        int count = in.read(inBuffer);
        if (count < 0) {
            throw new EOFException();
        }
        position = 0;
        limit = count;
    }

    void say(String wire) throws IOException {
        for (byte octet : wire.getBytes(StandardCharsets.ISO_8859_1)) {
            if (written == outMax) {
                throw new Cut();
            }
            if (pending == outBuffer.length) {
                flush();
            }
            outBuffer[pending++] = octet;
            written++;
        }
    }

    void flush() throws IOException {
        if (pending > 0) {
            int count = pending;
            pending = 0;
            out.write(outBuffer, 0, count);
            out.flush();
        }
    }

    /** The script ends the connection here. */
    static final class Cut extends IOException {
        private static final long serialVersionUID = 1L;

        Cut() {
            super("cut by the script");
        }
    }
}
