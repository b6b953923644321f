package dev.rooster.issue;

/** The first colon of a line, as Korean keyboards type it too: {@code :} or the full-width {@code ：}. */
final class Colon {
    private Colon() {}

    /** Where it is; -1 when there is none. */
    static int indexIn(String line) {
        int half = line.indexOf(':');
        int full = line.indexOf('：');
        return half < 0 ? full : full < 0 ? half : Math.min(half, full);
    }
}
