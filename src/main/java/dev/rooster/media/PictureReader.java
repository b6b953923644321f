package dev.rooster.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads what kind of picture some bytes are and how large it is. Only the head is read, pixels are never decoded, so a
 * decompression bomb costs nothing here, and is refused because it would cost readers. Stateless.
 */
public final class PictureReader {
    /** Largest file taken, in bytes. A mail is read on the way to work; whoever needs more wants another size. */
    public static final int BYTES_MAX = 5 * 1024 * 1024;

    /** Most pixels taken; a reader's phone unpacks each into four bytes, however few the file has. */
    static final long PIXELS_MAX = 25_000_000;

    private static final Map<String, String> CONTENT_TYPES =
            Map.of("png", "image/png", "jpeg", "image/jpeg", "gif", "image/gif");

    private PictureReader() {}

    /** Looks at the bytes, whatever the file was called. */
    public static PictureCheck read(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return new PictureCheck.Refused(PictureCheck.Reason.TOO_LARGE, bytes.length / 1024 + " KB");
        }
        String format = format(bytes);
        if (!CONTENT_TYPES.containsKey(format)) {
            return format.isEmpty()
                    ? new PictureCheck.Refused(PictureCheck.Reason.UNREADABLE, bytes.length + " B")
                    : new PictureCheck.Refused(PictureCheck.Reason.FORMAT, format);
        }
        return measure(bytes, format);
    }

    private static PictureCheck measure(byte[] bytes, String format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        ImageReader reader = readers.next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > PIXELS_MAX) {
                return new PictureCheck.Refused(PictureCheck.Reason.TOO_LARGE, width + " × " + height);
            }
            if (format.equals("jpeg") && ExifOrientation.turnsSideways(bytes)) {
                int turned = width;
                width = height;
                height = turned;
            }
            Picture picture = new Picture(MediaHash.of(bytes), CONTENT_TYPES.get(format), width, height, bytes.length);
            return new PictureCheck.Usable(new PictureFile(picture, bytes));
        } catch (IOException | RuntimeException damaged) {
            // The JDK's readers throw both kinds for damaged files.
            return new PictureCheck.Refused(PictureCheck.Reason.UNREADABLE, format);
        } finally {
            reader.dispose();
        }
    }

    /** The format's name by its first bytes, in lower case; empty when it is none that is known. */
    private static String format(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 256), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return "png";
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return "jpeg";
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return "gif";
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return "webp";
        }
        if (head.startsWith("ftypavif", 4)) {
            return "avif";
        }
        if (head.startsWith("ftyp", 4)) {
            return "heic";
        }
        if (head.startsWith("BM")) {
            return "bmp";
        }
        if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
            return "tiff";
        }
        return head.contains("<svg") ? "svg" : "";
    }
}
