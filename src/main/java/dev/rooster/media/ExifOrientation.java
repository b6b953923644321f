package dev.rooster.media;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the orientation tag of a JPEG (Exif 2.3, tag 0x0112). Mail clients turn such pictures when they show them, so
 * the width and height written into the mail must be those of the turned picture.
 */
final class ExifOrientation {
    private static final int ORIENTATION_TAG = 0x0112;

    private ExifOrientation() {}

    /** True when the picture is shown turned by a quarter; false when there is no tag or it cannot be read. */
    static boolean turnsSideways(byte[] jpeg) {
        try {
            ByteBuffer segments = ByteBuffer.wrap(jpeg).position(2);
            while (segments.remaining() > 4) {
                int marker = segments.getShort() & 0xffff;
                int length = (segments.getShort() & 0xffff) - 2;
                if (marker == 0xffe1) {
                    return orientation(segments.slice(segments.position(), length)) >= 5;
                }
                if (marker == 0xffda) {
                    return false;
                }
                segments.position(segments.position() + length);
            }
            return false;
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            return false;
        }
    }

    private static int orientation(ByteBuffer exif) {
        byte[] name = new byte[6];
        exif.get(name);
        if (!new String(name, StandardCharsets.ISO_8859_1).equals("Exif\0\0")) {
            return 1;
        }
        ByteBuffer tiff = exif.slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        tiff.position(tiff.getInt(4));
        int entries = tiff.getShort() & 0xffff;
        for (int i = 0; i < entries; i++) {
            int tag = tiff.getShort() & 0xffff;
            tiff.position(tiff.position() + 6);
            int value = tiff.getShort() & 0xffff;
            tiff.position(tiff.position() + 2);
            if (tag == ORIENTATION_TAG) {
                return value;
            }
        }
        return 1;
    }
}
