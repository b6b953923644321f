package dev.rooster.mail.dsn;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Turns octets into text whatever is declared: mail systems label Korean, Japanese and Chinese text wrongly or not at
 * all. What is valid UTF-8 is UTF-8; names of subsets mean the superset in real use.
 */
final class TextDecoder {
    private static final Map<String, String> SUPERSETS = Map.ofEntries(
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("ksc5601", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("cp949", "x-windows-949"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("cp1252", "windows-1252"));

    private TextDecoder() {}

    /** Octets held one per char to text. */
    static String decode(String octets, String charset) {
        boolean plain = true;
        boolean escape = false;
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            plain &= c < 0x80;
            escape |= c == 0x1b;
        }
        String name = charset == null ? "" : charset.strip().toLowerCase(Locale.ROOT);
        if (plain && !escape && !name.startsWith("utf-16") && !name.startsWith("utf-7")) {
            return octets;
        }
        byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        if (plain) {
            Charset declared = charset(name);
            boolean escapes = declared != null && (name.startsWith("iso-2022") || name.startsWith("utf-16"));
            Charset used = escapes ? declared : octets.contains("\u001b$)C") ? charset("iso-2022-kr") : null;
            return new String(bytes, used == null ? charset("iso-2022-jp") : used);
        }
        String utf8 = strict(bytes, StandardCharsets.UTF_8);
        if (utf8 != null) {
            return utf8;
        }
        Charset declared = charset(name);
        if (declared != null && !declared.equals(StandardCharsets.US_ASCII)) {
            return new String(bytes, declared);
        }
        String korean = strict(bytes, charset("euc-kr"));
        return korean != null ? korean : octets;
    }

    private static String strict(byte[] bytes, Charset charset) {
        if (charset == null) {
            return null;
        }
        CharsetDecoder decoder = charset.newDecoder();
        CharBuffer out = CharBuffer.allocate((int) Math.ceil(bytes.length * (double) decoder.maxCharsPerByte()));
        // Not by exception: a mail may hold thousands of broken words.
        boolean broken = decoder.decode(ByteBuffer.wrap(bytes), out, true).isError()
                || decoder.flush(out).isError();
        return broken ? null : out.flip().toString();
    }

    private static Charset charset(String name) {
        if (name.isEmpty()) {
            return null;
        }
        return Known.BY_NAME.get(SUPERSETS.getOrDefault(name, name).toLowerCase(Locale.ROOT));
    }

    /**
     * All charsets by name, gathered once: the platform's own look-up is slow for unknown names, which a mail may give by
     * the thousand.
     */
    private static final class Known {
        static final Map<String, Charset> BY_NAME = new HashMap<>();

        static {
            for (Charset charset : Charset.availableCharsets().values()) {
                BY_NAME.put(charset.name().toLowerCase(Locale.ROOT), charset);
                charset.aliases().forEach(alias -> BY_NAME.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset));
            }
        }
    }
}
