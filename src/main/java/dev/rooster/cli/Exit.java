package dev.rooster.cli;

/** Exit codes of every command. */
final class Exit {
    /** Done. */
    static final int DONE = 0;
    /** Failed, though the input was good. */
    static final int FAILED = 1;
    /** Bad usage or bad input; nothing was changed. */
    static final int BAD_INPUT = 2;
    /** Partly done: what was left out was said. */
    static final int PARTLY = 3;
    /** Try again later (sysexits.h EX_TEMPFAIL): what a mail server's pipe understands. */
    static final int TEMPORARY = 75;

    private Exit() {}
}
