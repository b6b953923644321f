package dev.rooster.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a file that a person named, so that it is there whole or not at all; {@code -} is standard output. */
final class WholeFile {
    private WholeFile() {}

    /** Writes the bytes. */
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes.
     *
     * @param name as the person gave it
     * @throws UserProblem when the file can't be written; what was there before is as it was
     */
    static void write(Session session, String name, Body body) {
        try {
            if (name.equals("-")) {
                body.writeTo(session.console().out());
                session.console().out().flush();
            } else {
                write(target(session, name), body);
            }
        } catch (IOException e) {
            throw new UserProblem(
                    Exit.FAILED,
                    session.text("file.unwritable", name, Failures.rootWords(e)),
                    session.text("file.unwritable.mend"),
                    e);
        }
    }

    private static Path target(Session session, String name) {
        Path target = session.console().path(name);
        if (Files.isDirectory(target)) {
            throw UserProblem.badInput(session.text("file.folder", name), session.text("file.folder.mend"));
        }
        if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
            throw UserProblem.badInput(session.text("file.no-folder", name), session.text("file.no-folder.mend"));
        }
        return target;
    }

    private static void write(Path target, Body body) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(unfinished);
            if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                body.writeTo(out);
            }
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }
}
