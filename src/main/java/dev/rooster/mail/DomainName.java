package dev.rooster.mail;

import java.net.IDN;
import java.util.Locale;

/** The part after the @: a host name of RFC 1123 §2.1, internationalised ones turned into A-labels (RFC 5890). */
final class DomainName {
    private DomainName() {}

    /**
     * @param ascii lower-case A-labels, null when there is a problem
     * @param problem null when it is good
     */
    record Check(String ascii, AddressProblem problem) {}

    static Check check(String domain) {
        if (domain.isEmpty()) {
            return refused(AddressProblem.DOMAIN_EMPTY);
        }
        if (domain.startsWith("[")) {
            return refused(AddressProblem.DOMAIN_LITERAL);
        }
        // IDNA takes the ideographic and full-width full stops for dots (RFC 3490 §3.1).
        String dotted = domain.replace('\u3002', '.').replace('\uFF0E', '.').replace('\uFF61', '.');
        if (dotted.startsWith(".") || dotted.endsWith(".") || dotted.contains("..")) {
            return refused(AddressProblem.DOMAIN_DOTS);
        }
        StringBuilder ascii = new StringBuilder(dotted.length());
        for (String label : dotted.split("\\.")) {
            Check checked = checkLabel(label);
            if (checked.problem() != null) {
                return checked;
            }
            ascii.append(ascii.isEmpty() ? "" : ".").append(checked.ascii());
        }
        return checkWhole(ascii.toString());
    }

    private static Check checkLabel(String label) {
        String ascii;
        if (isAscii(label)) {
            ascii = label.toLowerCase(Locale.ROOT);
        } else {
            try {
                ascii = IDN.toASCII(label).toLowerCase(Locale.ROOT);
            } catch (IllegalArgumentException e) {
                // The only length rule it knows is the one of 63 octets; everything else is about characters.
                boolean tooLong = label.codePointCount(0, label.length()) > 50;
                return refused(tooLong ? AddressProblem.DOMAIN_TOO_LONG : AddressProblem.DOMAIN_CHARACTER);
            }
        }
        if (ascii.isEmpty() || !isHostLabel(ascii)) {
            return refused(AddressProblem.DOMAIN_CHARACTER);
        }
        if (ascii.startsWith("-") || ascii.endsWith("-")) {
            return refused(AddressProblem.DOMAIN_HYPHEN);
        }
        if (ascii.length() > 63) {
            return refused(AddressProblem.DOMAIN_TOO_LONG);
        }
        // An A-label that decodes to nothing was never made by IDNA: nobody's domain.
        if (ascii.startsWith("xn--") && IDN.toUnicode(ascii).equals(ascii)) {
            return refused(AddressProblem.DOMAIN_CHARACTER);
        }
        return new Check(ascii, null);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Letters, digits and hyphens. */
    private static boolean isHostLabel(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            if (ascii.charAt(i) != '-' && !LocalPart.isAsciiLetterOrDigit(ascii.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static Check checkWhole(String ascii) {
        if (ascii.length() > 255) {
            return refused(AddressProblem.DOMAIN_TOO_LONG);
        }
        int lastDot = ascii.lastIndexOf('.');
        if (lastDot < 0 && !ascii.equals("localhost")) {
            return refused(AddressProblem.DOMAIN_WITHOUT_DOT);
        }
        if (ascii.substring(lastDot + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return refused(AddressProblem.DOMAIN_NUMERIC);
        }
        return new Check(ascii, null);
    }

    private static Check refused(AddressProblem problem) {
        return new Check(null, problem);
    }
}
