package dev.rooster.smtp;

import dev.rooster.mail.MessageBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Makes a message fit to be sent after DATA: every line that begins with a dot gets one more (RFC 5321 §4.5.2), and the
 * last line ends. Most messages need neither, because base64 has no dots: whoever wrote them says so for most of their
 * octets, the others are looked at eight at a time, and nothing is copied. Keeps its room from message to message; not thread-safe.
 */
final class DotStuffing {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long DOTS = ONES * '.';

    private byte[] stuffed = new byte[0];
    private byte[] bytes;
    private int length;
    private boolean eightBit;

    /** Looks at a message; what is to be written is in {@link #bytes()} until the message changes. */
    void prepare(MessageBuffer message) {
        byte[] source = message.array();
        int end = message.length();
        bytes = source;
        length = end;
        eightBit = false;
        int copied = 0;
        int written = 0;
        int range = 0;
        for (int from = 0; from < end; range++) {
            boolean last = range == message.dotlessRanges();
            int to = last ? end : message.dotlessStart(range);
            for (int dot = nextLineDot(source, from, to); dot < to; dot = nextLineDot(source, dot + 1, to)) {
                reserve(written + (dot - copied) + 1);
                System.arraycopy(source, copied, stuffed, written, dot - copied);
                written += dot - copied;
                stuffed[written++] = '.';
                copied = dot;
            }
            from = last ? end : message.dotlessEnd(range);
        }
        boolean open = end > 0 && !(end > 1 && source[end - 2] == '\r' && source[end - 1] == '\n');
        if (copied == 0 && written == 0 && !open) {
            return;
        }
        reserve(written + (end - copied) + 2);
        System.arraycopy(source, copied, stuffed, written, end - copied);
        written += end - copied;
        if (open) {
            stuffed[written++] = '\r';
            stuffed[written++] = '\n';
        }
        bytes = stuffed;
        length = written;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Whether the message holds an octet over 127. */
    boolean isEightBit() {
        return eightBit;
    }

    /**
     * The next dot at the beginning of a line, or {@code end}. A bare CR or LF counts as a line end too: some servers
     * take it for one, and would let a message end early and another be smuggled in behind.
     */
    private int nextLineDot(byte[] source, int from, int end) {
        int i = from;
        while (i < end) {
            while (i + Long.BYTES <= end) {
                long eight = (long) LONGS.get(source, i);
                long difference = eight ^ DOTS;
                eightBit |= (eight & HIGH_BITS) != 0;
                if (((difference - ONES) & ~difference & HIGH_BITS) != 0) {
                    break;
                }
                i += Long.BYTES;
            }
            for (int stop = Math.min(i + Long.BYTES, end); i < stop; i++) {
                byte b = source[i];
                eightBit |= b < 0;
                if (b == '.' && (i == 0 || source[i - 1] == '\n' || source[i - 1] == '\r')) {
                    return i;
                }
            }
        }
        return end;
    }

    private void reserve(int capacity) {
        if (capacity > stuffed.length) {
            stuffed = Arrays.copyOf(stuffed, Math.max(capacity, stuffed.length * 2));
        }
    }
}
