package dev.rooster.template;

import java.io.StringWriter;

/** A string that refuses to grow, or to be worked on, beyond a limit: no template makes such a mail or page on purpose. */
final class BoundedWriter extends StringWriter {

    static final int CHARS_MAX = 4 * 1024 * 1024;

    /** Sections entered; the sample issue needs some hundreds. */
    static final int STEPS_MAX = 100_000;

    private int steps;

    /** Thrown where Mustache would otherwise go on writing. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("more than " + CHARS_MAX + " characters or " + STEPS_MAX + " sections");
        }
    }

    /** A section is entered. */
    void step() {
        if (++steps > STEPS_MAX) {
            throw new Full();
        }
    }

    private void checkRoomFor(int chars) {
        if (getBuffer().length() + chars > CHARS_MAX) {
            throw new Full();
        }
    }

    @Override
    public void write(int c) {
        checkRoomFor(1);
        super.write(c);
    }

    @Override
    public void write(char[] chars, int offset, int length) {
        checkRoomFor(length);
        super.write(chars, offset, length);
    }

    @Override
    public void write(String text) {
        checkRoomFor(text.length());
        super.write(text);
    }

    @Override
    public void write(String text, int offset, int length) {
        checkRoomFor(length);
        super.write(text, offset, length);
    }
}
