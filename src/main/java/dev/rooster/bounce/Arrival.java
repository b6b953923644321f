package dev.rooster.bounce;

import java.util.List;

/** What became of a delivery after the relay took it. A closed list, mirrored by a CHECK constraint. */
enum Arrival {
    DELAYED("delayed", List.of("unknown")),
    ARRIVED("arrived", List.of("unknown", "delayed")),
    /** Proof against everything said before: what was delivered to a forwarder may still come back. */
    RETURNED("returned", List.of("unknown", "delayed", "arrived"));

    private final String word;
    private final List<String> over;

    Arrival(String word, List<String> over) {
        this.word = word;
        this.over = over;
    }

    String word() {
        return word;
    }

    /** The words that this one replaces. */
    List<String> over() {
        return over;
    }
}
