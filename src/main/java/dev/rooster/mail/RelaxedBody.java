package dev.rooster.mail;

/**
 * Tells whether a body is in the relaxed form already (RFC 6376 §3.4.4), as nearly all of ours are: then its octets can be hashed
 * as they stand. Octets that are known to be base64 need no look: they hold no white space but line ends.
 */
final class RelaxedBody {
    private RelaxedBody() {}

    /** @param from where the body begins; false when in doubt */
    static boolean isCanonical(MessageBuffer message, int from) {
        byte[] octets = message.array();
        int end = message.length();
        if (!endsWithOneLineEnd(octets, from, end)) {
            return false;
        }
        int at = from;
        for (int range = 0; range < message.dotlessRanges(); range++) {
            if (message.dotlessStart(range) >= at) {
                if (!isCanonical(octets, at, message.dotlessStart(range), end)) {
                    return false;
                }
                at = message.dotlessEnd(range);
            }
        }
        return isCanonical(octets, at, end, end);
    }

    private static boolean endsWithOneLineEnd(byte[] octets, int from, int end) {
        boolean ends = end - from >= 3 && octets[end - 2] == '\r' && octets[end - 1] == '\n';
        return ends && octets[end - 3] != '\n';
    }

    /** @param end of the whole message: what follows the last octet may be looked at */
    private static boolean isCanonical(byte[] octets, int from, int to, int end) {
        for (int i = from; i < to; i++) {
            switch (octets[i]) {
                case '\t' -> {
                    return false;
                }
                case ' ' -> {
                    int next = i + 1 < end ? octets[i + 1] : '\n';
                    if (next == ' ' || next == '\t' || next == '\r' || next == '\n') {
                        return false;
                    }
                }
                case '\r' -> {
                    if (i + 1 == end || octets[i + 1] != '\n') {
                        return false;
                    }
                }
                case '\n' -> {
                    if (i == 0 || octets[i - 1] != '\r') {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return true;
    }
}
