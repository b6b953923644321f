package dev.rooster.mail;

import java.util.Arrays;

/**
 * A growing array of bytes that is used again for message after message, so that sending makes no garbage. Not
 * thread-safe: one per sending thread.
 */
public final class MessageBuffer {
    private byte[] bytes;
    private int length;
    private MessageBuffer scratch;
    /** Where base64 stands, as far as that is known: start and end of each, ascending. */
    private int[] dotless = new int[2 * 64];

    private int dotlessRanges;

    public MessageBuffer() {
        this(128 * 1024);
    }

    public MessageBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** The array behind it, valid from 0 to {@link #length()} until the next write. */
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Forgets the contents, keeps the room. */
    public void clear() {
        length = 0;
        dotlessRanges = 0;
    }

    public void append(byte[] source) {
        append(source, 0, source.length);
    }

    public void append(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /**
     * Appends base64, and remembers that nobody need look at it: its octets are 7-bit, hold no dot, and no white space but whole
     * line ends.
     */
    public void appendDotless(byte[] source) {
        if (dotlessRanges * 2 < dotless.length && source.length > 0) {
            dotless[2 * dotlessRanges] = length;
            dotless[2 * dotlessRanges + 1] = length + source.length;
            dotlessRanges++;
        }
        append(source);
    }

    /** How many ranges of octets are known to hold no dot and nothing over 127. Others may be so too. */
    public int dotlessRanges() {
        return dotlessRanges;
    }

    /** Where such a range begins. @param range from 0 */
    public int dotlessStart(int range) {
        return dotless[2 * range];
    }

    /** Where it ends; the octet there is no part of it. @param range from 0 */
    public int dotlessEnd(int range) {
        return dotless[2 * range + 1];
    }

    public void append(int octet) {
        reserve(1);
        bytes[length++] = (byte) octet;
    }

    /** Appends characters below 128, one octet each. */
    public void appendAscii(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c > 0x7F) {
                throw new IllegalArgumentException("not ASCII");
            }
            bytes[length + i] = (byte) c;
        }
        length += count;
    }

    /** A copy of the contents. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** A second buffer for what is not yet encoded; lives as long as this one. */
    MessageBuffer scratch() {
        if (scratch == null) {
            scratch = new MessageBuffer(4096);
        }
        return scratch;
    }

    /** Takes back a CRLF at the end, if there is one. */
    void dropLineEnd() {
        if (length >= 2 && bytes[length - 1] == '\n' && bytes[length - 2] == '\r') {
            length -= 2;
            if (dotlessRanges > 0 && dotlessEnd(dotlessRanges - 1) > length) {
                dotlessRanges--;
            }
        }
    }

    /** Leaves {@code count} octets to be filled in later through {@link #array()}, and says where they begin. */
    int skip(int count) {
        reserve(count);
        int start = length;
        length += count;
        return start;
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }
}
