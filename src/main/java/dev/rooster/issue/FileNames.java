package dev.rooster.issue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads file names as their writer meant them. Three things happen to Korean names on their way to a server: macOS takes
 * syllables apart (NFD); an archive from Windows is unpacked with its CP949 bytes as they are, or with those bytes taken
 * for an old western code page (그림.png becomes ▒╫╕▓.png); an archive from elsewhere is unpacked on Windows with its
 * UTF-8 bytes taken for CP949. The raw bytes of a name are used where the system has them, so all of it also works where
 * the locale is C.
 */
final class FileNames {
    private static final Charset CP949 = Charset.forName("x-windows-949");
    private static final List<Charset> TAKEN_FOR = List.of(
            Charset.forName("IBM437"),
            Charset.forName("IBM850"),
            StandardCharsets.ISO_8859_1,
            Charset.forName("windows-1252"));

    private FileNames() {}

    /** Whether the file's name is, or once was, the name that was written. */
    static boolean meansSame(Path file, String written) {
        return readings(file).contains(Normalizer.normalize(written, Normalizer.Form.NFC));
    }

    /** The file's name for people. */
    static String readable(Path file) {
        return readings(file).iterator().next();
    }

    private static Set<String> readings(Path file) {
        byte[] raw = rawName(file);
        Set<String> readings = new LinkedHashSet<>();
        Optional<String> utf8 = decoded(raw, StandardCharsets.UTF_8);
        utf8.ifPresent(readings::add);
        decoded(raw, CP949).filter(name -> utf8.isEmpty()).ifPresent(readings::add);
        utf8.ifPresent(name -> {
            for (Charset charset : TAKEN_FOR) {
                encoded(name, charset).flatMap(bytes -> decoded(bytes, CP949)).ifPresent(readings::add);
            }
            encoded(name, CP949)
                    .flatMap(bytes -> decoded(bytes, StandardCharsets.UTF_8))
                    .ifPresent(readings::add);
        });
        if (readings.isEmpty()) {
            readings.add(new String(raw, StandardCharsets.ISO_8859_1));
        }
        return readings;
    }

    /** The bytes of the name: a path's URI holds them percent-encoded, whatever the locale makes of them. */
    private static byte[] rawName(Path file) {
        String uri = file.toUri().getRawPath();
        String name = uri.substring(uri.lastIndexOf('/', uri.length() - 2) + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '%') {
                bytes.write(Integer.parseInt(name.substring(i + 1, i + 3), 16));
                i += 2;
            } else if (name.charAt(i) != '/') {
                bytes.writeBytes(String.valueOf(name.charAt(i)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static Optional<String> decoded(byte[] bytes, Charset charset) {
        try {
            String name = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Optional.of(Normalizer.normalize(name, Normalizer.Form.NFC));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> encoded(String name, Charset charset) {
        try {
            ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(name));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return Optional.of(exact);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
