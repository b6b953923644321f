package dev.rooster.cli;

/** Why this process may not become a node of its database; told in the caller's language by {@link Commands}. */
final class NodeProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final transient Object[] args;

    /** @param key of the text, and with {@code .mend} after it of what to do */
    NodeProblem(String key, Object... args) {
        super(key);
        this.key = key;
        this.args = args;
    }

    String key() {
        return key;
    }

    Object[] args() {
        return args.clone();
    }
}
