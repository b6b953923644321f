package dev.rooster.delivery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A file to which is added what was begun and what was accepted, before a body leaves and before its row in the database says
 * so. An append that has returned is with the operating system: it survives the death of the process at any moment; with {@code
 * synced} it is on the disk and survives a loss of power too.
 *
 * <p>Each append is one write of whole frames: length, CRC-32C, entry. What follows the last whole frame was never answered for and is
 * left out by a reader. Not thread-safe; one process writes it.
 */
final class OutcomeJournal implements AutoCloseable {
    private static final int MAGIC = 0x524f4f31; // ROO1
    private static final int FRAME_HEAD = 8;
    private static final int FRAME_MAX = 1 << 16;
    private static final int PROBE_BYTES = 1 << 13;
    /** What a relay replies may quote the address. */
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final String installation;
    private final String owner;
    private final boolean synced;
    private RandomAccessFile file;
    private long length;
    private long number;

    /**
     * What a journal holds.
     *
     * @param installation whose database it belongs to
     * @param before the number of the last entry before the first of these
     */
    record Contents(String installation, String owner, long before, List<JournalEntry> entries) {
        long last() {
            return before + entries.size();
        }
    }

    private OutcomeJournal(Path path, String installation, String owner, boolean synced) {
        this.path = path;
        this.installation = installation;
        this.owner = owner;
        this.synced = synced;
    }

    /**
     * Begins an empty journal; one that lies there is replaced.
     *
     * @param installation whose database it belongs to
     * @param owner the sending process, at most 40 characters
     */
    static OutcomeJournal create(Path path, String installation, String owner, boolean synced) throws IOException {
        OutcomeJournal journal = new OutcomeJournal(path, installation, owner, synced);
        journal.replace(List.of());
        return journal;
    }

    /** Adds entries; they are kept when this returns. After an exception none of them is, and the journal can be used again. */
    void append(List<JournalEntry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 * entries.size());
        for (JournalEntry entry : entries) {
            frame(bytes, encode(entry));
        }
        try {
            file.seek(length);
            file.write(bytes.toByteArray());
            if (synced) {
                file.getFD().sync();
            }
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        length += bytes.size();
        number += entries.size();
    }

    /** Tries whether there is room for the next append; the journal stays as it is. */
    void probe() throws IOException {
        try {
            file.seek(length);
            file.write(new byte[PROBE_BYTES]); // a reader stops at a frame of no length
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        file.setLength(length);
    }

    /** The next append writes over what can't be cut off. */
    private void cutBack(IOException failure) {
        try {
            file.setLength(length);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The number of the last entry; entries are counted from 1. */
    long last() {
        return number;
    }

    /** Bytes. */
    long length() {
        return length;
    }

    /** Begins the file anew with these entries alone. They get new numbers. Dying meanwhile leaves the old file or the new one. */
    void replace(List<JournalEntry> entries) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".new");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        frame(bytes, head());
        for (JournalEntry entry : entries) {
            frame(bytes, encode(entry));
        }
        Files.deleteIfExists(next);
        Files.createFile(next, OWNERS_ALONE);
        RandomAccessFile opened = new RandomAccessFile(next.toFile(), "rw");
        try {
            opened.write(bytes.toByteArray());
            if (synced) {
                opened.getFD().sync();
            }
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            opened.close();
            Files.deleteIfExists(next); // half of one takes room where there is none
            throw e;
        }
        RandomAccessFile before = file;
        file = opened;
        length = bytes.size();
        number += entries.size();
        if (before != null) {
            before.close();
        }
        if (synced) {
            awaitName();
        }
    }

    /** The name leads to the new file after a loss of power too. */
    private void awaitName() throws IOException {
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private byte[] head() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeUTF(installation);
        out.writeUTF(owner);
        out.writeLong(number);
        return bytes.toByteArray();
    }

    private static void frame(ByteArrayOutputStream out, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, payload.length);
        byte[] head = ByteBuffer.allocate(FRAME_HEAD)
                .putInt(payload.length)
                .putInt((int) crc.getValue())
                .array();
        out.writeBytes(head);
        out.writeBytes(payload);
    }

    private static byte[] encode(JournalEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            if (entry instanceof JournalEntry.Begun begun) {
                out.writeByte('b');
                key(out, begun.key());
                out.writeInt(begun.attempts());
                out.writeUTF(begun.relay());
            } else if (entry instanceof JournalEntry.Accepted accepted) {
                out.writeByte('a');
                key(out, accepted.key());
                out.writeInt(accepted.attempts());
                out.writeUTF(accepted.relay());
                out.writeInt(accepted.replyCode());
                out.writeUTF(accepted.said());
                out.writeLong(accepted.at().getEpochSecond());
                out.writeInt(accepted.at().getNano());
            } else {
                out.writeByte('s');
                key(out, entry.key());
                out.writeInt(entry.attempts());
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can't fail", e);
        }
    }

    private static void key(DataOutputStream out, DeliveryKey key) throws IOException {
        out.writeLong(key.edition().value());
        out.writeLong(key.seq());
    }

    private static JournalEntry decode(byte[] payload) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
        byte kind = in.readByte();
        DeliveryKey key = DeliveryKey.of(in.readLong(), in.readLong());
        return switch (kind) {
            case 'b' -> new JournalEntry.Begun(key, in.readInt(), in.readUTF());
            case 'a' ->
                new JournalEntry.Accepted(
                        key,
                        in.readInt(),
                        in.readUTF(),
                        in.readInt(),
                        in.readUTF(),
                        Instant.ofEpochSecond(in.readLong(), in.readInt()));
            case 's' -> new JournalEntry.Settled(key, in.readInt());
            default -> throw new IOException("a journal entry of an unknown kind: " + kind);
        };
    }

    /**
     * What a journal holds; empty when there is none, or its very beginning was not finished.
     *
     * @throws IOException when it can't be read, or was written by a program that knows more kinds of entries
     */
    static Optional<Contents> read(Path path) throws IOException {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        byte[] head = nextFrame(bytes);
        if (head == null) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(head));
        if (in.readInt() != MAGIC) {
            throw new IOException(path.getFileName() + " is not a journal of Rooster");
        }
        String installation = in.readUTF();
        String owner = in.readUTF();
        long before = in.readLong();
        List<JournalEntry> entries = new ArrayList<>();
        for (byte[] frame = nextFrame(bytes); frame != null; frame = nextFrame(bytes)) {
            entries.add(decode(frame));
        }
        return Optional.of(new Contents(installation, owner, before, entries));
    }

    /** Null where no whole frame follows. */
    private static byte[] nextFrame(ByteBuffer bytes) {
        if (bytes.remaining() < FRAME_HEAD) {
            return null;
        }
        int size = bytes.getInt();
        int crc = bytes.getInt();
        if (size <= 0 || size > FRAME_MAX || size > bytes.remaining()) {
            return null;
        }
        byte[] payload = new byte[size];
        bytes.get(payload);
        CRC32C found = new CRC32C();
        found.update(payload, 0, size);
        return (int) found.getValue() == crc ? payload : null;
    }

    /** Closes it, and removes it where nothing in it is needed any more. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
