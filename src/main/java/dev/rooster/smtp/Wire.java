package dev.rooster.smtp;

import dev.rooster.mail.SmtpReply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The octets of one connection after the handshake: writes that cannot hang for ever, replies in order, and an end that
 * any thread may bring about. Apart from {@link #cut()} and {@link #cutIfStalled(long)}, for one thread.
 */
final class Wire {
    private static final int BLOCK_BYTES = 128 * 1024;
    private static final long NOT_WRITING = Long.MAX_VALUE;

    private final Socket plain;
    private final Socket outermost;
    private final OutputStream out;
    private final ReplyReader replies;
    private volatile long writeDeadline = NOT_WRITING;
    private volatile boolean stalled;
    private volatile boolean cut;

    /**
     * @param plain the TCP socket
     * @param outermost the same, or the TLS socket over it
     */
    Wire(Socket plain, Socket outermost) throws IOException {
        this.plain = plain;
        this.outermost = outermost;
        this.out = outermost.getOutputStream();
        this.replies = new ReplyReader(plain, outermost);
    }

    /**
     * Hands the octets to the system, in blocks.
     *
     * @param block how long each may take; a TCP socket has no such limit of its own
     * @throws IOException nobody knows then how many of them have left
     */
    void write(byte[] octets, int length, Duration block) throws IOException {
        try {
            for (int written = 0; written < length; ) {
                int count = Math.min(BLOCK_BYTES, length - written);
                writeDeadline = System.nanoTime() + block.toNanos();
                out.write(octets, written, count);
                written += count;
            }
            out.flush();
        } catch (IOException e) {
            throw stalled ? new SocketTimeoutException("the relay took no data for " + block) : e;
        } finally {
            writeDeadline = NOT_WRITING;
        }
    }

    SmtpReply read(Duration timeout) throws IOException {
        return replies.read(timeout);
    }

    /** Has the relay said something that it was not asked? */
    boolean hasUnread() throws IOException {
        return replies.hasUnread();
    }

    /** Whether an idle connection still stands; see {@link ReplyReader#isQuiet()}. */
    boolean isQuiet() {
        try {
            return !cut && replies.isQuiet();
        } catch (IOException e) {
            return false;
        }
    }

    boolean isCut() {
        return cut;
    }

    /** Closes the TCP connection at once. From any thread, idempotent. */
    void cut() {
        cut = true;
        try {
            plain.close();
        } catch (IOException e) {
            // A socket that cannot be closed cannot be used either: nothing is left to do.
        }
    }

    /** Closes in order, with TLS's own farewell. */
    void close(Duration block) {
        writeDeadline = System.nanoTime() + block.toNanos();
        try {
            outermost.close();
        } catch (IOException e) {
            // The farewell is a courtesy; the connection is closed below in any case.
        } finally {
            writeDeadline = NOT_WRITING;
            cut();
        }
    }

    /** Called now and then from outside: ends a write that has taken too long. */
    void cutIfStalled(long nanoTime) {
        long deadline = writeDeadline;
        if (deadline != NOT_WRITING && nanoTime - deadline > 0) {
            stalled = true;
            cut();
        }
    }
}
