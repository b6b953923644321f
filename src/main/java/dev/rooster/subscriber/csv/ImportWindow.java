package dev.rooster.subscriber.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Good rows of different people that wait to be written, and are given back in the order of their public ids: then the rows of
 * one transaction lie side by side in the index of public ids, which is the largest and most scattered, and each of its pages is
 * written about once in a window and not once in a row. Rows are held as bytes, in a tenth of what they take as objects. Not
 * thread-safe.
 */
final class ImportWindow {
    static final int ROWS_MAX = 200_000;

    /** Room for rows, in bytes; the last row may go beyond it. */
    static final int BYTES_MAX = 16 << 20;

    private static final int BYTES_FIRST = 1 << 16;
    private static final int HASH_BYTES = 16;

    /** Enough to count ROWS_MAX. */
    private static final int POSITION_BITS = 18;

    private byte[] bytes = new byte[BYTES_FIRST];
    private int used;
    private int[] starts = new int[1024];
    private long[] publicIds = new long[1024];
    private RowProblem[] leftOut;
    private int size;

    boolean isFull() {
        return size == ROWS_MAX || used >= BYTES_MAX;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
        used = 0;
        leftOut = null;
    }

    void add(ImportRow.Person person) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            publicIds = Arrays.copyOf(publicIds, size * 2);
        }
        starts[size] = used;
        publicIds[size] = person.publicId();
        size++;
        putInt((int) person.line());
        put(HexFormat.of().parseHex(person.hash()));
        putInt(person.fields().size());
        for (String field : person.fields()) {
            byte[] text = field.getBytes(StandardCharsets.UTF_8);
            putInt(text.length);
            put(text);
        }
    }

    /** The positions of the rows, in the order of the first 46 bits of their public ids. */
    int[] inOrder() {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = publicIds[i] & -1L << POSITION_BITS | i;
        }
        Arrays.sort(order);
        return Arrays.stream(order)
                .mapToInt(id -> (int) id & (1 << POSITION_BITS) - 1)
                .toArray();
    }

    /** The row at a position, read once more. */
    ImportRow.Person get(int position, ReadRow reader) {
        return reader.readAgain(fields(position), hash(position));
    }

    CsvRow.Fields fields(int position) {
        int at = starts[position] + Integer.BYTES + HASH_BYTES;
        int count = getInt(at);
        at += Integer.BYTES;
        List<String> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = getInt(at);
            at += Integer.BYTES;
            fields.add(new String(bytes, at, length, StandardCharsets.UTF_8));
            at += length;
        }
        return new CsvRow.Fields(getInt(starts[position]), fields);
    }

    private String hash(int position) {
        int at = starts[position] + Integer.BYTES;
        return HexFormat.of().formatHex(bytes, at, at + HASH_BYTES);
    }

    /** Notes that the row at a position is not taken. */
    void leaveOut(int position, RowProblem why) {
        if (leftOut == null) {
            leftOut = new RowProblem[size];
        }
        leftOut[position] = why;
    }

    /** Why the row at a position is not taken; null: it is. */
    RowProblem leftOut(int position) {
        return leftOut == null ? null : leftOut[position];
    }

    private void putInt(int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[used++] = (byte) (value >> shift);
        }
    }

    private int getInt(int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }

    private void put(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, used, more.length);
        used += more.length;
    }

    private void room(int more) {
        if (used + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(used + more, bytes.length * 2));
        }
    }
}
