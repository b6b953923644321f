package dev.rooster.subscriber.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Finds out how a file is encoded by strict decoding of all of it: by its byte order mark, else UTF-8 if every byte is, else
 * CP949 (what Korean Excel writes) if every byte is. Guessing from a sample would turn one person's name into rubbish.
 */
final class FileEncoding {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final String CP949 = "x-windows-949";
    private static final byte[] XLSX = {'P', 'K', 3, 4};
    private static final byte[] XLS = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    private FileEncoding() {}

    static CsvFormat detect(Path file) throws FileRefused, IOException {
        byte[] head = head(file);
        if (head.length == 0) {
            throw new FileRefused(
                    FileProblem.of(FileProblem.Kind.EMPTY, 0, file.getFileName().toString()));
        }
        if (startsWith(head, XLSX) || startsWith(head, XLS)) {
            throw new FileRefused(FileProblem.of(
                    FileProblem.Kind.WORKBOOK, 0, file.getFileName().toString()));
        }
        if (startsWith(head, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF})) {
            return strict(new CsvFormat(file, StandardCharsets.UTF_8, ',', 3));
        }
        if (startsWith(head, new byte[] {(byte) 0xFF, (byte) 0xFE})) {
            return strict(new CsvFormat(file, StandardCharsets.UTF_16LE, ',', 2));
        }
        if (startsWith(head, new byte[] {(byte) 0xFE, (byte) 0xFF})) {
            return strict(new CsvFormat(file, StandardCharsets.UTF_16BE, ',', 2));
        }
        CsvFormat utf8 = new CsvFormat(file, StandardCharsets.UTF_8, ',', 0);
        if (firstBadLine(utf8) == 0) {
            return utf8;
        }
        if (!Charset.isSupported(CP949)) {
            throw new FileRefused(FileProblem.of(FileProblem.Kind.CHARSET_MISSING, firstBadLine(utf8), "CP949"));
        }
        CsvFormat cp949 = new CsvFormat(file, Charset.forName(CP949), ',', 0);
        if (firstBadLine(cp949) == 0) {
            return cp949;
        }
        throw new FileRefused(
                FileProblem.of(FileProblem.Kind.ENCODING, Math.max(firstBadLine(utf8), firstBadLine(cp949)), "?"));
    }

    private static CsvFormat strict(CsvFormat marked) throws FileRefused, IOException {
        long bad = firstBadLine(marked);
        if (bad != 0) {
            throw new FileRefused(FileProblem.of(
                    FileProblem.Kind.ENCODING, bad, marked.charset().name()));
        }
        return marked;
    }

    private static byte[] head(Path file) throws FileRefused, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(4);
        } catch (NoSuchFileException e) {
            throw new FileRefused(FileProblem.of(FileProblem.Kind.MISSING, 0, file.toString()));
        } catch (IOException e) {
            throw new FileRefused(FileProblem.of(FileProblem.Kind.UNREADABLE, 0, file.toString(), e.toString()));
        }
    }

    private static boolean startsWith(byte[] head, byte[] mark) {
        return head.length >= mark.length && java.util.Arrays.equals(head, 0, mark.length, mark, 0, mark.length);
    }

    /** The line (from 1) of the first byte that the charset does not allow; 0 when all are. */
    private static long firstBadLine(CsvFormat format) throws IOException {
        CharsetDecoder decoder = format.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES);
        CharBuffer chars = CharBuffer.allocate(CHUNK_BYTES);
        long line = 1;
        try (InputStream in = Files.newInputStream(format.file())) {
            in.skipNBytes(format.bomBytes());
            boolean end = false;
            while (!end) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(read, 0)).flip();
                CoderResult result = decoder.decode(bytes, chars.clear(), end);
                line += newlines(chars.flip());
                if (result.isError()) {
                    return line;
                }
                bytes.compact();
            }
        }
        return 0;
    }

    private static long newlines(CharBuffer chars) {
        long count = 0;
        for (int i = 0; i < chars.limit(); i++) {
            if (chars.get(i) == '\n') {
                count++;
            }
        }
        return count;
    }
}
