package dev.rooster.token;

/** What a token may be used for. A token made for one purpose never opens as another. */
public enum Purpose {
    /** The unsubscribe link; newsletter, edition (0: none), subscriber. */
    UNSUBSCRIBE(1, false),
    /** The preferences page; newsletter, edition (0: none), subscriber. */
    PREFERENCES(2, false),
    /** A feedback link; newsletter, edition, subscriber. */
    FEEDBACK(3, false),
    /** The envelope sender, where bounces go: edition and subscriber only, to fit a local part of 64 octets. */
    VERP(4, true),
    /** A confirmation link; newsletter, the id of the notice that mailed it (in the place of the edition), subscriber. */
    CONFIRM(5, false),
    /** Any link of a test send: pages show themselves and change nothing; newsletter, edition, subscriber or 0. */
    TEST(6, false),
    /** The Message-ID of a copy; edition and subscriber. */
    MESSAGE_ID(7, true),
    /** A reviewer's approval of an issue; newsletter, the moment whose copy mailed it (in the place of the edition), reviewer. */
    APPROVE(8, false),
    /** A reviewer's wish to hold an issue back; newsletter, moment, reviewer, likewise. */
    HOLD(9, false),
    /**
     * The address of unsubscription by mail: newsletter (in the place of the edition) and subscriber only, to fit a local part of
     * 64 octets; subscriber 0 in a test send, whose address changes nothing.
     */
    UNSUBSCRIBE_BY_MAIL(10, true),
    /**
     * An operator's decision about a letter that asks to stop; newsletter, the letter's public id (in the place of the edition),
     * operator (0: whoever lists the letters at the command line).
     */
    STOP_REQUEST(11, false);

    private final int code;
    private final boolean compact;

    Purpose(int code, boolean compact) {
        this.code = code;
        this.compact = compact;
    }

    /** Written into tokens: never changes its meaning. */
    int code() {
        return code;
    }

    /** Whether it carries only edition and subscriber; its newsletter is then always 0. */
    public boolean isCompact() {
        return compact;
    }

    static Purpose ofCode(int code) {
        for (Purpose purpose : values()) {
            if (purpose.code == code) {
                return purpose;
            }
        }
        return null;
    }
}
