package dev.rooster.mail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's reply to one command.
 *
 * @param code three digits, 200–599 (RFC 5321 §4.2)
 * @param enhanced the enhanced status code such as {@code 5.1.1} (RFC 2034, RFC 3463), or null when there is none
 * @param text the words without code and enhanced code: lines joined by {@code " / "}, no control characters, at most
 *     500 characters
 */
public record SmtpReply(int code, String enhanced, String text) {
    public static final int TEXT_LENGTH_MAX = 500;
    private static final Pattern ENHANCED = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?:[ \\t]+|$)");
    private static final Pattern REPLY_LINE = Pattern.compile("(\\d{3})([ -]|$)(.*)");

    public SmtpReply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("an SMTP reply code lies between 200 and 599, found " + code);
        }
        text = clean(text);
    }

    /**
     * Reads what came over the wire: one or more lines {@code 250-…}, {@code 250 …}, with CRLF or LF between. The
     * enhanced code is taken from the first line and dropped from every line that repeats it. A last line of digits
     * alone is accepted (RFC 5321 §4.2).
     *
     * @throws IllegalArgumentException when the first line does not begin with a reply code
     */
    public static SmtpReply parse(String wire) {
        int code = 0;
        String enhanced = null;
        StringBuilder words = new StringBuilder();
        for (String line : wire.strip().split("\\r?\\n")) {
            Matcher reply = REPLY_LINE.matcher(line.strip());
            if (code == 0 && !reply.matches()) {
                throw new IllegalArgumentException("not an SMTP reply: no code at its start");
            }
            String rest = reply.matches() ? reply.group(3) : line.strip();
            code = code == 0 ? Integer.parseInt(reply.group(1)) : code;
            Matcher status = ENHANCED.matcher(rest);
            if (status.lookingAt()) {
                enhanced = enhanced == null ? status.group(1) : enhanced;
                rest = rest.substring(status.end());
            }
            words.append(words.isEmpty() || rest.isBlank() ? "" : " / ").append(rest.strip());
        }
        return new SmtpReply(code, enhanced, words.toString());
    }

    private static String clean(String text) {
        if (text == null) {
            return "";
        }
        String visible = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        if (visible.length() <= TEXT_LENGTH_MAX) {
            return visible;
        }
        int end = TEXT_LENGTH_MAX - 1;
        return visible.substring(0, Character.isHighSurrogate(visible.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** 2, 3, 4 or 5: what decides, whatever the other digits are (RFC 5321 §4.2.1, §4.3.2). */
    public int firstDigit() {
        return code / 100;
    }

    /** As a person reads it: {@code 550 5.1.1 no such user}. */
    @Override
    public String toString() {
        return (code + (enhanced == null ? "" : " " + enhanced) + " " + text).strip();
    }
}
