package dev.rooster.cli;

import dev.rooster.language.Language;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * The person's or script's end of a command: its streams, folder and habits. The process's own for a command run here, the
 * caller's for one that came over the control socket.
 *
 * @param in standard input; reading it may block
 * @param out for results, UTF-8
 * @param err for problems, progress and what is not the result, UTF-8
 * @param folder absolute; relative file names are resolved against it
 * @param terminal whether both input and output are a terminal: colour, questions and progress bars are for terminals only
 * @param columns width of the terminal
 * @param language of messages
 */
record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Path folder,
        boolean terminal,
        int columns,
        Language language) {

    /** A file as the caller names it. */
    Path path(String name) {
        return folder.resolve(name).normalize();
    }

    Path path(Path name) {
        return folder.resolve(name).normalize();
    }

    void println(String line) {
        out.println(line);
    }
}
