package dev.rooster.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of Postfix that mail senders are measured with (Debian: package postfix). */
public enum PostfixTool {
    /** A server that takes every mail and throws it away. */
    SMTP_SINK("smtp-sink"),
    /** A client that sends the same mail again and again, written in C. */
    SMTP_SOURCE("smtp-source");

    private static final List<String> OFTEN_OUTSIDE_PATH = List.of("/usr/sbin", "/usr/local/sbin");

    private final String program;

    PostfixTool(String program) {
        this.program = program;
    }

    public String program() {
        return program;
    }

    /**
     * Where it is on this machine.
     *
     * @param searchPath folders as in the variable PATH; null: none
     */
    public Optional<Path> find(String searchPath) {
        Stream<String> folders = searchPath == null ? Stream.of() : Stream.of(searchPath.split(File.pathSeparator));
        return Stream.concat(folders, OFTEN_OUTSIDE_PATH.stream())
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
