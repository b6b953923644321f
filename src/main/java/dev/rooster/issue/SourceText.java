package dev.rooster.issue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns the bytes of an issue file into text: UTF-8 and nothing else, {@code \n} between lines, Hangul composed. An
 * encoding is never guessed: a guess that is wrong once goes out to everybody.
 */
final class SourceText {
    /** Largest file taken, in bytes; a long weekly issue has 30 KB. */
    static final int BYTES_MAX = 1024 * 1024;

    private static final Charset CP949 = Charset.forName("x-windows-949");
    private static final Pattern CONJOINING_JAMO = Pattern.compile("[\\u1100-\\u11ff\\ua960-\\ua97f\\ud7b0-\\ud7ff]+");

    private SourceText() {}

    /** The text, or empty when the file cannot be read; then the findings say why. */
    static Optional<String> decode(byte[] bytes, Findings findings) {
        if (bytes.length > BYTES_MAX) {
            findings.add(FindingCode.FILE_TOO_LARGE, 0, bytes.length / 1024, BYTES_MAX / 1024);
            return Optional.empty();
        }
        if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
            findings.add(FindingCode.NOT_UTF8_BUT_UTF16, 0);
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = strict.decode(in, out, true);
        if (result.isError()) {
            int line = 1 + (int) out.flip().chars().filter(c -> c == '\n').count();
            findings.add(looksLikeCp949(bytes) ? FindingCode.NOT_UTF8_BUT_CP949 : FindingCode.NOT_UTF8, line);
            return Optional.empty();
        }
        String text = normalised(out.flip().toString());
        checkCharacters(text, findings);
        return Optional.of(text);
    }

    /**
     * Composes Hangul that came in single letters (macOS writes file names so, and they get pasted). Only Hangul: a full
     * NFC would also change Chinese compatibility characters that a writer may have chosen.
     */
    static String composeHangul(String text) {
        return CONJOINING_JAMO
                .matcher(text)
                .replaceAll(jamo -> Normalizer.normalize(jamo.group(), Normalizer.Form.NFC));
    }

    private static String normalised(String text) {
        String withoutMark = text.startsWith("\ufeff") ? text.substring(1) : text;
        return composeHangul(withoutMark.replace("\r\n", "\n").replace('\r', '\n'));
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    private static boolean looksLikeCp949(byte[] bytes) {
        try {
            String text = CP949.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.codePoints().anyMatch(c -> c >= 0xac00 && c <= 0xd7a3);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Control characters make mail clients cut a message short, whatever its size. */
    private static void checkCharacters(String text, Findings findings) {
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
            } else if (c == '\ufffd') {
                findings.add(FindingCode.REPLACEMENT_CHARACTER, line);
            } else if (Character.isISOControl(c) && c != '\t' || isForbidden(c)) {
                findings.add(FindingCode.CONTROL_CHARACTER, line, String.format("U+%04X", (int) c));
            }
        }
    }

    /** Noncharacters (one of which marks text inside the parser) and what turns the direction of writing. */
    private static boolean isForbidden(char c) {
        return c >= '\ufdd0' && c <= '\ufdef' || c >= '\ufffe' || c >= '\u202a' && c <= '\u202e';
    }
}
