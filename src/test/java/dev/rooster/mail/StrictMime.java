package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decoders written from the RFCs alone, which forgive nothing. */
final class StrictMime {
    private static final Pattern WORD = Pattern.compile("=\\?UTF-8\\?B\\?([A-Za-z0-9+/]+={0,2})\\?=");

    private StrictMime() {}

    /** RFC 5322 §2.1, RFC 5321 §2.3.8: CRLF only, lines within bounds, 7-bit, no control characters. */
    static void assertWireForm(byte[] message, int lineLengthMax) {
        int length = 0;
        for (int i = 0; i < message.length; i++) {
            int c = message[i];
            if (c == '\r') {
                assertThat(message[i + 1]).as("LF after CR at %d", i).isEqualTo((byte) '\n');
                i++;
                length = 0;
            } else {
                assertThat(c).as("octet at %d", i).isBetween(0x20, 0x7E);
                length++;
                assertThat(length).as("line length at %d", i).isLessThanOrEqualTo(lineLengthMax);
            }
        }
        assertThat(length).as("the last line is ended by CRLF").isZero();
    }

    /** RFC 2045 §6.8, with groups never split by a line end. */
    static String decodeBase64(String body) {
        StringBuilder all = new StringBuilder();
        String[] lines = body.split("\r\n", -1);
        for (int i = 0; i < lines.length; i++) {
            assertThat(lines[i]).hasSizeLessThanOrEqualTo(76).matches("[A-Za-z0-9+/]*={0,2}");
            assertThat(lines[i].length() % 4).isZero();
            assertThat(lines[i].endsWith("=")).as("padding only at the end").isIn(false, i == lines.length - 1);
            assertThat(lines[i].isEmpty()).as("empty line").isEqualTo(body.isEmpty());
            all.append(lines[i]);
        }
        return utf8(Base64.getDecoder().decode(all.toString()));
    }

    /** RFC 2045 §6.7. */
    static String decodeQuotedPrintable(String body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] lines = body.split("\r\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            assertThat(line).hasSizeLessThanOrEqualTo(76).doesNotStartWith(".").doesNotStartWith("From ");
            assertThat(line).as("no blank at a line's end").doesNotMatch("(?s).*[ \\t]");
            boolean soft = line.endsWith("=");
            decodeQuotedPrintableLine(soft ? line.substring(0, line.length() - 1) : line, out);
            if (!soft && i < lines.length - 1) {
                out.write('\r');
                out.write('\n');
            }
        }
        return utf8(out.toByteArray());
    }

    private static void decodeQuotedPrintableLine(String line, ByteArrayOutputStream out) {
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '=') {
                String hex = line.substring(at + 1, at + 3);
                assertThat(hex).matches("[0-9A-F]{2}");
                out.write(Integer.parseInt(hex, 16));
                at += 2;
            } else {
                assertThat((int) c).isBetween(0x20, 0x7E);
                out.write(c);
            }
        }
    }

    /** Reads an unstructured header value whose words are all encoded or all plain (RFC 2047 §6.2). */
    static String decodeHeader(String folded) {
        if (!folded.startsWith("=?")) {
            return folded.replace("\r\n ", " ");
        }
        StringBuilder text = new StringBuilder();
        for (String line : folded.split("\r\n ", -1)) {
            Matcher word = WORD.matcher(line);
            assertThat(word.matches()).as("one encoded-word a line: %s", line).isTrue();
            assertThat(line).hasSizeLessThanOrEqualTo(75);
            text.append(utf8(Base64.getDecoder().decode(word.group(1))));
        }
        return text.toString();
    }

    /** The header fields, each {@code Name: value} with its folds. */
    static List<String> fields(String message) {
        List<String> fields = new ArrayList<>();
        String head = message.substring(0, message.indexOf("\r\n\r\n"));
        for (String field : head.split("\r\n(?![ \\t])")) {
            assertThat(field).matches("(?s)[!-9;-~]+:( |\r\n ).*");
            for (String line : field.split("\r\n", -1)) {
                assertThat(line).as("a line of white space only").isNotBlank();
            }
            fields.add(field);
        }
        return fields;
    }

    /** The folded value of the one field of that name. */
    static String field(String message, String name) {
        List<String> found = fields(message).stream()
                .filter(f -> f.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0).substring(name.length() + 1).replaceFirst("^(\r\n)? ", "");
    }

    static String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("not UTF-8", e);
        }
    }
}
