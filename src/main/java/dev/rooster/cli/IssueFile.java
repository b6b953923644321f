package dev.rooster.cli;

import dev.rooster.issue.AddIssue;
import dev.rooster.issue.FolderPictures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * An issue file as it was named on the command line.
 *
 * @param name as typed
 * @param bytes one more than allowed at most, so that a longer file is seen to be too long
 */
record IssueFile(String name, Path path, byte[] bytes) {
    /**
     * Reads it.
     *
     * @throws UserProblem when it is not there or can't be read
     */
    static IssueFile read(Session session, IssueTexts texts, Path typed) {
        Path path = session.console().path(typed);
        try (InputStream in = Files.newInputStream(path)) {
            return new IssueFile(typed.toString(), path, in.readNBytes(AddIssue.FILE_BYTES_MAX + 1));
        } catch (NoSuchFileException e) {
            throw UserProblem.badInput(texts.text("add.no-file", path.toString()), texts.text("add.no-file.mend"));
        } catch (IOException e) {
            throw new UserProblem(
                    Exit.BAD_INPUT, texts.text("add.unreadable", path.toString(), Failures.rootWords(e)), null, e);
        }
    }

    /** The pictures beside it. */
    FolderPictures pictures() {
        return new FolderPictures(path.toAbsolutePath().getParent());
    }
}
