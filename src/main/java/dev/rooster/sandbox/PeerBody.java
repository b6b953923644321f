package dev.rooster.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads one message after DATA, up to its final dot, strictly: only CRLF "." CRLF ends it (RFC 5321 §4.1.1.4). */
final class PeerBody {
    private static final int LINE_MAX = 998;

    private final PeerStreams streams;
    private final int octetsKept;
    private final boolean eightBitAllowed;
    private final Consumer<String> violations;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private long size;

    PeerBody(PeerStreams streams, int octetsKept, boolean eightBitAllowed, Consumer<String> violations) {
        this.streams = streams;
        this.octetsKept = octetsKept;
        this.eightBitAllowed = eightBitAllowed;
        this.violations = violations;
    }

    /** As much as is kept of the message without the doubled dots (RFC 5321 §4.5.2). */
    byte[] read() throws IOException {
        boolean lineStart = true;
        int lineLength = 0;
        while (true) {
            int octet = streams.next();
            if (lineStart && octet == '.') {
                octet = streams.next();
                if (octet == '\r') {
                    octet = streams.next();
                    if (octet == '\n') {
                        return octets.toByteArray();
                    }
                    take('\r');
                }
            }
            lineStart = false;
            if (octet == '\r') {
                take(octet);
                octet = streams.next();
                if (octet != '\n') {
                    violations.accept("bare CR in the message");
                }
                lineStart = octet == '\n';
                lineLength = 0;
            } else if (octet == '\n') {
                violations.accept("bare LF in the message");
            } else if (++lineLength == LINE_MAX + 1) {
                violations.accept("line of more than 998 octets in the message");
            }
            if (octet > 0x7f && !eightBitAllowed) {
                violations.accept("octet over 127 in a message that was not announced as 8BITMIME");
            }
            take(octet);
        }
    }

    /** Octets of the message, without the doubled dots. */
    long size() {
        return size;
    }

    private void take(int octet) {
        size++;
        if (size <= octetsKept) {
            octets.write(octet);
        }
    }
}
