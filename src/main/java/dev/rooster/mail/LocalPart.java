package dev.rooster.mail;

/** The part before the @: a Dot-string of RFC 5321 §4.1.2, with the UTF-8 of RFC 6531 §3.3. */
final class LocalPart {
    private static final String ATEXT_SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

    private LocalPart() {}

    /** Null when it is good. */
    static AddressProblem problem(String local) {
        if (local.isEmpty()) {
            return AddressProblem.LOCAL_EMPTY;
        }
        if (EmailAddress.octets(local) > 64) {
            return AddressProblem.LOCAL_TOO_LONG;
        }
        if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            return AddressProblem.LOCAL_DOTS;
        }
        for (int i = 0; i < local.length(); ) {
            int c = local.codePointAt(i);
            if (c != '.' && !isAtext(c)) {
                return AddressProblem.LOCAL_CHARACTER;
            }
            i += Character.charCount(c);
        }
        return null;
    }

    /** An atom character of RFC 5322 §3.2.3, or, of RFC 6531, whatever is a letter, a digit, a mark or a symbol. */
    static boolean isAtext(int c) {
        if (c < 0x80) {
            return isAsciiLetterOrDigit(c) || ATEXT_SYMBOLS.indexOf(c) >= 0;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    static boolean isAsciiLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
