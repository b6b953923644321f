package dev.rooster.cli;

/**
 * One thing that the doctor looked at.
 *
 * @param area what it belongs to, a word of {@code doctor.area.…}
 * @param what one sentence
 * @param mend how to mend it; null when there is nothing to mend
 */
record Diagnosis(String area, Mark mark, String what, String mend) {

    /** How it is. */
    enum Mark {
        OK("✓"),
        /** Worth saying, neither good nor bad. */
        NOTE("·"),
        /** Works, with something to know about or to do before a real send. */
        WARNING("!"),
        /** Something can't work. */
        FAILED("✗");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }
}
