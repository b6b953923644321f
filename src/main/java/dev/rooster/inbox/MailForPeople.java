package dev.rooster.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A folder of {@code .eml} files for mail that a person should read and whose mailbox has no folders, or that came through a
 * pipe. The same mail is kept once. A file is complete and on the disk before it bears its name.
 */
public final class MailForPeople {
    private final Path folder;
    private final PeopleLimits limits;

    /** @param folder made when the first mail comes; readable by its owner only */
    public MailForPeople(Path folder, PeopleLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /** What lies in the folder. */
    public record Load(int mails, long bytes) {}

    /** What lies there now; nothing while there is no folder. */
    public Load load() {
        int mails = 0;
        long bytes = 0;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    mails++;
                    bytes += size(file);
                }
            } catch (IOException | DirectoryIteratorException e) {
                throw new UncheckedIOException(e instanceof IOException io ? io : new IOException(e));
            }
        }
        return new Load(mails, bytes);
    }

    /** 0 for one that a person just took away. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Whether one more mail is within the limits. */
    public boolean hasRoom() {
        Load load = load();
        return load.mails() < limits.mails() && load.bytes() < limits.bytes();
    }

    /**
     * Keeps a mail that anybody may have sent, unless the folder is full.
     *
     * @return false: it is full, and the mail must not be let go
     * @throws UncheckedIOException if it can't be kept; likewise
     */
    public synchronized boolean tryKeep(byte[] mail) {
        if (!Files.exists(folder.resolve(name(mail) + ".eml")) && !hasRoom()) {
            return false;
        }
        keep(mail);
        return true;
    }

    /** @throws UncheckedIOException if it can't be kept; then the mail must not be let go */
    public Path keep(byte[] mail) {
        try {
            makeFolder();
            Path file = folder.resolve(name(mail) + ".eml");
            Path unfinished = Files.createTempFile(folder, ".", ".part");
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer octets = ByteBuffer.wrap(mail);
                while (octets.hasRemaining()) {
                    channel.write(octets);
                }
                channel.force(true);
            }
            return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeFolder() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static String name(byte[] mail) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(mail), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
