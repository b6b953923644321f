package dev.rooster.sandbox;

import java.util.SplittableRandom;

/** What the drill's relay does to a recipient, over and above what befalls everybody. */
enum DrillFault {
    NONE(0, 0),
    /** Refused for good at RCPT. */
    REFUSED(80, Integer.MAX_VALUE),
    /** Refused for good after the final dot. */
    REFUSED_AT_DOT(20, Integer.MAX_VALUE),
    /** Refused for now at RCPT, as by a greylist. */
    LATER(150, 1),
    LATER_TWICE(50, 2),
    /** Refused for now after the final dot. */
    LATER_AT_DOT(50, 1),
    /** 421 at RCPT, and the connection ends. */
    LEAVES(5, 1),
    /** The connection breaks within the message. */
    CUT_IN_BODY(10, 1),
    /** The connection breaks after the final dot; the message was not taken. */
    CUT_AT_DOT(5, 1),
    /** The same, but the message was taken. */
    TAKEN_UNSAID(5, 1),
    /** Silence at RCPT for longer than the client waits. */
    HANGS_AT_RCPT(2, 1),
    /** Silence after the final dot for longer than the client waits; the message is taken. */
    HANGS_AT_DOT(3, 1);

    private static final int ALL = 10_000;

    private final int share;
    private final int tries;

    /**
     * @param share of 10,000 recipients
     * @param tries how often it happens to each
     */
    DrillFault(int share, int tries) {
        this.share = share;
        this.tries = tries;
    }

    /** What happens to a recipient; the same for the same seed. */
    static DrillFault of(String recipient, long seed) {
        int drawn = new SplittableRandom(seed * 31 + recipient.hashCode()).nextInt(ALL);
        for (DrillFault fault : values()) {
            drawn -= fault.share;
            if (drawn < 0 && fault.share > 0) {
                return fault;
            }
        }
        return NONE;
    }

    /** Whether it happens at this try, counted from 1. */
    boolean happensAt(int attempt) {
        return attempt <= tries;
    }

    /** Whether the recipient can never be reached. */
    boolean refusesForGood() {
        return this == REFUSED || this == REFUSED_AT_DOT;
    }
}
