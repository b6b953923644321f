package dev.rooster.cli;

import dev.rooster.db.NoRoom;
import dev.rooster.language.Messages;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What the machine refuses (a full disk, a permission, a port that is taken), in the person's language. These reach a command as
 * exceptions from many depths; here they are told apart by their causes.
 *
 * @param what a sentence
 * @param mend what to do
 */
record SystemTrouble(String what, String mend) {
    /** "The database is read only" (org.h2.api.ErrorCode). */
    private static final int H2_READ_ONLY = 90097;

    /** @param data the installation's data folder, as text */
    static Optional<SystemTrouble> of(Throwable failure, String data, Messages messages) {
        if (NoRoom.in(failure)) {
            String key = has(failure, SQLException.class) ? "database-write" : "disk-full";
            return Optional.of(
                    new SystemTrouble(messages.text("trouble." + key), messages.text("trouble." + key + ".mend")));
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String key = key(cause);
            if (key != null) {
                String subject = key.startsWith("database") ? data : subject(cause);
                return Optional.of(new SystemTrouble(
                        messages.text("trouble." + key, subject), messages.text("trouble." + key + ".mend", subject)));
            }
            if (cause.getCause() == cause) {
                break;
            }
        }
        return Optional.empty();
    }

    private static String key(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        if (cause instanceof SQLException sql) {
            return sql.getErrorCode() == H2_READ_ONLY ? "database-read-only" : null;
        }
        if (words.contains("Read-only file system")) {
            return "read-only";
        }
        if (cause instanceof AccessDeniedException) {
            return "denied";
        }
        if (cause instanceof NotDirectoryException
                || cause instanceof FileAlreadyExistsException
                || cause instanceof FileSystemException && words.contains("Not a directory")
                || cause instanceof IOException && words.contains("Is a directory")) {
            return "not-a-folder";
        }
        if (cause instanceof NoSuchFileException) {
            return "no-file";
        }
        return null;
    }

    private static String subject(Throwable cause) {
        return cause instanceof FileSystemException file && file.getFile() != null
                ? file.getFile().replaceFirst("\\.part$", "")
                : cause.getMessage();
    }

    /** Whether it is a port or a socket that can't be opened. */
    static boolean isBind(Throwable failure) {
        return has(failure, BindException.class);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
            if (cause.getCause() == cause) {
                break;
            }
        }
        return false;
    }
}
