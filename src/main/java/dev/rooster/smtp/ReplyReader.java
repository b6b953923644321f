package dev.rooster.smtp;

import dev.rooster.mail.SmtpReply;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads SMTP replies (RFC 5321 §4.2), one after the other, from a relay that may say anything. A reply counts only when
 * its last line is complete: half a "250" proves nothing. Size and time of each are limited. Not thread-safe.
 */
final class ReplyReader {
    private static final int LINES_MAX = 100;
    /** RFC 5321 §4.5.3.1.5 allows 512 octets; relays exceed it with explanations and links. */
    private static final int LINE_BYTES_MAX = 4_096;

    private final Socket socket;
    private final InputStream in;
    private final InputStream below;
    private final byte[] buffer = new byte[4_096];
    private final byte[] line = new byte[LINE_BYTES_MAX];
    private int position;
    private int limit;

    /**
     * @param plain the TCP socket
     * @param outermost the same, or the TLS socket over it
     */
    ReplyReader(Socket plain, Socket outermost) throws IOException {
        this.socket = outermost;
        this.in = outermost.getInputStream();
        this.below = plain.getInputStream();
    }

    /**
     * The next reply, whatever its code.
     *
     * @param timeout for the whole reply, not for each byte of it
     * @throws SocketTimeoutException if it was not complete in time
     * @throws EOFException if the connection ended first
     * @throws NotAReply if what came breaks the grammar; the connection is out of step then
     */
    SmtpReply read(Duration timeout) throws IOException {
        try {
            return readWithin(timeout);
        } catch (SocketTimeoutException e) {
            throw new SocketTimeoutException("no complete reply within " + timeout);
        }
    }

    private SmtpReply readWithin(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        StringBuilder wire = new StringBuilder();
        int lines = 0;
        int code = 0;
        boolean more;
        do {
            String text = readLine(deadline);
            int lineCode = codeOf(text);
            if (++lines > LINES_MAX || (lines > 1 && lineCode != code)) {
                throw new NotAReply(text);
            }
            code = lineCode;
            // "250" alone is a last line too: RFC 5321 §4.2.1 asks to accept it.
            more = text.length() > 3 && text.charAt(3) == '-';
            wire.append(text).append('\n');
        } while (more);
        return SmtpReply.parse(wire.toString());
    }

    /** Has the relay said something that nobody has read? Then it and we are out of step, or it is leaving. */
    boolean hasUnread() throws IOException {
        if (position < limit || in.available() > 0) {
            return true;
        }
        // TLS does not say that something has come before it is read; and it may be for TLS itself, not for us.
        return below != in && below.available() > 0 && !isSilent();
    }

    /**
     * Whether an idle connection is still there: nothing unread, and no end of the stream. Waits up to a millisecond, so
     * it is for connections that have been idle, not for each message.
     */
    boolean isQuiet() throws IOException {
        return !hasUnread() && isSilent();
    }

    private boolean isSilent() throws IOException {
        socket.setSoTimeout(1);
        try {
            position = 0;
            limit = Math.max(0, in.read(buffer));
            return false;
        } catch (SocketTimeoutException nothingCame) {
            return true;
        }
    }

    private static int codeOf(String line) throws NotAReply {
        boolean code = line.length() >= 3
                && line.charAt(0) >= '2'
                && line.charAt(0) <= '5'
                && isDigit(line.charAt(1))
                && isDigit(line.charAt(2))
                && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
        if (!code) {
            throw new NotAReply(line);
        }
        return Integer.parseInt(line.substring(0, 3));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private String readLine(long deadline) throws IOException {
        int length = 0;
        while (true) {
            if (position == limit) {
                fill(deadline);
            }
            byte b = buffer[position++];
            if (b == '\n') {
                int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                return new String(line, 0, end, StandardCharsets.UTF_8);
            }
            if (length == LINE_BYTES_MAX) {
                throw new NotAReply(new String(line, 0, 60, StandardCharsets.UTF_8));
            }
            line[length++] = b;
        }
    }

    private void fill(long deadline) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("timed out");
        }
        socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
        int read = in.read(buffer);
        if (read < 0) {
            throw new EOFException("the relay closed the connection");
        }
        position = 0;
        limit = read;
    }

    /** The relay sent something that is no SMTP reply. */
    static final class NotAReply extends IOException {
        private static final long serialVersionUID = 1L;

        NotAReply(String line) {
            super("not an SMTP reply: \""
                    + line.substring(0, Math.min(60, line.length())).replaceAll("[^\\x20-\\x7e]", "?") + "\"");
        }
    }
}
