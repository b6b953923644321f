package dev.rooster.cli;

import java.io.IOException;
import java.io.InputStream;

/**
 * A child of a drill ends with it, however the drill ends: its standard input is a pipe from the drill, and its end is the sign.
 * The child then stops at once, as it would under SIGKILL.
 */
final class EndWithParent {
    /** The property that a parent sets. */
    static final String PROPERTY = "rooster.ends-with-parent";

    private static final int EXIT = 137;

    private EndWithParent() {}

    /** Watches the pipe from now on, if the parent asked for it; standard input is then of no other use. */
    static void watchIfAsked(InputStream pipe) {
        if (Boolean.getBoolean(PROPERTY)) {
            Thread watch = new Thread(() -> watch(pipe), "rooster-parent");
            watch.setDaemon(true);
            watch.start();
        }
    }

    private static void watch(InputStream pipe) {
        try {
            while (pipe.read() >= 0) {
                // nothing is expected
            }
        } catch (IOException e) {
            // the pipe broke: the parent is gone too
        }
        Runtime.getRuntime().halt(EXIT);
    }
}
