package dev.rooster.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A network address or a block of them. Never asks the name service. */
record Network(InetAddress base, int bits) {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}");

    /**
     * @param text {@code 10.0.0.7}, {@code 10.0.0.0/8}, {@code ::1}
     * @throws IllegalArgumentException when it is none
     */
    static Network of(String text) {
        String[] halves = text.strip().split("/", 2);
        InetAddress base = address(halves[0])
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is no network; expected an address such as 10.0.0.7 or a block such as 10.0.0.0/8"));
        int all = base.getAddress().length * 8;
        int bits = halves.length == 1 ? all : halves[1].matches("[0-9]{1,3}") ? Integer.parseInt(halves[1]) : -1;
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("'" + text + "': the block's length must be 0 to " + all);
        }
        return new Network(base, bits);
    }

    /** The address that a literal is; empty for anything else, a host name too. */
    static Optional<InetAddress> address(String text) {
        if (!LITERAL.matcher(text).matches() || text.indexOf('.') < 0 && text.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
