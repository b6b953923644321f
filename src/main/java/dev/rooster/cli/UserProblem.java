package dev.rooster.cli;

/**
 * Something the person at the command line must know, in their language: what is wrong, and how to mend it. Printed without a
 * stack trace unless {@code --debug} is given.
 */
final class UserProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exit;
    private final String mend;

    /**
     * @param exit one of {@link Exit}
     * @param message what is wrong, a sentence
     * @param mend what to do; null when there is nothing to say
     */
    UserProblem(int exit, String message, String mend) {
        this(exit, message, mend, null);
    }

    UserProblem(int exit, String message, String mend, Throwable cause) {
        super(message, cause);
        this.exit = exit;
        this.mend = mend;
    }

    static UserProblem badInput(String message, String mend) {
        return new UserProblem(Exit.BAD_INPUT, message, mend);
    }

    static UserProblem failed(String message, String mend) {
        return new UserProblem(Exit.FAILED, message, mend);
    }

    int exit() {
        return exit;
    }

    String mend() {
        return mend;
    }
}
