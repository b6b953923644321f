package dev.rooster.mail.dsn;

/**
 * The reply code (RFC 5321 §4.2) and enhanced status code (RFC 3463 §2) found in the text of a refusal. Either may be
 * null.
 */
record ReplyCodes(String reply, String enhanced) {
    static final ReplyCodes NONE = new ReplyCodes(null, null);

    /** Looks for both; the first of each counts, but "bad sequence of commands" (503) only if it is alone. */
    static ReplyCodes in(String text) {
        String reply = null;
        String sequence = null;
        String enhanced = null;
        String enhancedSequence = null;
        int length = text.length();
        for (int i = 0; i + 2 < length; i++) {
            char c = text.charAt(i);
            if (c != '4' && c != '5') {
                continue;
            }
            char before = i == 0 ? ' ' : text.charAt(i - 1);
            if (Character.isLetterOrDigit(before) || before == '.' || before == '_') {
                continue;
            }
            if (before == '-' && !(i >= 4 && isDigit(text.charAt(i - 2)) && isReplyCode(text, i - 4))) {
                continue;
            }
            if (text.charAt(i + 1) == '.') {
                int end = enhancedEnd(text, i);
                if (end > 0) {
                    String code = text.substring(i, end);
                    if (code.startsWith("5.5.") && sequence != null && reply == null) {
                        enhancedSequence = enhancedSequence == null ? code : enhancedSequence;
                    } else if (enhanced == null) {
                        enhanced = code;
                    }
                }
            } else if (isReplyCode(text, i)) {
                String code = text.substring(i, i + 3);
                if (code.equals("503")) {
                    sequence = code;
                } else if (reply == null) {
                    reply = code;
                }
            }
        }
        return new ReplyCodes(reply == null ? sequence : reply, enhanced == null ? enhancedSequence : enhanced);
    }

    /** The class digit both agree on, the enhanced one first; 0 if there is neither. */
    static char classOf(String reply, String enhanced) {
        if (enhanced != null && !enhanced.isEmpty()) {
            return enhanced.charAt(0);
        }
        return reply != null && !reply.isEmpty() ? reply.charAt(0) : 0;
    }

    /** The status code in a Status field, which may carry a comment; null if there is none. */
    static String statusIn(String field) {
        if (field == null) {
            return null;
        }
        for (int i = 0; i + 4 < field.length(); i++) {
            char c = field.charAt(i);
            if ((c == '2' || c == '4' || c == '5') && (i == 0 || !Character.isLetterOrDigit(field.charAt(i - 1)))) {
                int end = digitsEnd(field, i);
                if (end > 0) {
                    return field.substring(i, end);
                }
            }
        }
        return null;
    }

    private static int enhancedEnd(String text, int start) {
        // Subjects go from 0 to 7 (RFC 3463 §3): a program's version such as 4.86.2 is no status.
        return text.charAt(Math.min(start + 2, text.length() - 1)) > '7' ? -1 : digitsEnd(text, start);
    }

    private static int digitsEnd(String text, int start) {
        int end = start + 1;
        for (int part = 0; part < 2; part++) {
            if (end >= text.length() || text.charAt(end) != '.') {
                return -1;
            }
            int digits = end + 1;
            while (digits < text.length() && digits - end <= 3 && isDigit(text.charAt(digits))) {
                digits++;
            }
            if (digits == end + 1) {
                return -1;
            }
            end = digits;
        }
        boolean more = end < text.length()
                && (isDigit(text.charAt(end))
                        || (text.charAt(end) == '.' && end + 1 < text.length() && isDigit(text.charAt(end + 1))));
        return more ? -1 : end;
    }

    private static boolean isReplyCode(String text, int i) {
        char second = text.charAt(i + 1);
        if (second < '0' || second > '7' || !isDigit(text.charAt(i + 2))) {
            return false;
        }
        char after = i + 3 < text.length() ? text.charAt(i + 3) : ' ';
        if (Character.isLetterOrDigit(after) || after == '.' && i + 4 < text.length() && isDigit(text.charAt(i + 4))) {
            return false;
        }
        return after != '/' && !(after == ':' && i + 4 < text.length() && isDigit(text.charAt(i + 4)));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
