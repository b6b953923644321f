package dev.rooster.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Looks whether secret files are readable by their owner only. */
public final class KeyPermissions {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private KeyPermissions() {}

    /**
     * Those of a folder and the files in it that others may reach.
     *
     * @return empty when all is well, and where the file system knows no permissions
     */
    public static List<Path> tooOpen(Path folder) {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return List.of();
        }
        List<Path> open = new ArrayList<>();
        try (var files = Files.walk(folder, 1)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (isOpen(file)) {
                    open.add(file);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open;
    }

    /** Whether anybody but its owner may read or change a file. */
    public static boolean isOpen(Path file) {
        try {
            return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && !OWNERS.containsAll(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
