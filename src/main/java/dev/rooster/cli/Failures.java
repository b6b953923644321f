package dev.rooster.cli;

/** The words of a failure that help most: its root cause's, in one line. */
final class Failures {
    private static final int LENGTH_MAX = 300;

    private Failures() {}

    static String rootWords(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String words = root.getMessage() == null
                ? ""
                : root.getMessage().lines().findFirst().orElse("");
        String name = root.getClass().getSimpleName();
        String line = words.isBlank() ? name : name + ": " + words.strip();
        return line.length() > LENGTH_MAX ? line.substring(0, LENGTH_MAX) + "…" : line;
    }
}
