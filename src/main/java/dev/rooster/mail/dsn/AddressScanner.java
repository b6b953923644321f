package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds mail addresses in text that is not a well-formed header: wide in what it takes (RFC 5322 atoms, quoted local
 * parts, dots in odd places as phones make them, UTF-8 inside angle brackets, RFC 6531), so that a refused address is
 * recognised however odd it was, even if its local part was an RFC 2047 encoded word that a mail program forgot to
 * decode. Linear in the text.
 */
final class AddressScanner {
    /** RFC 5321 §4.5.3.1.3: a path has at most 256 octets; some real ones are longer. */
    private static final int LENGTH_MAX = 320;

    /** Enough for every report; a text with more is a list of something else. */
    private static final int COUNT_MAX = 256;

    private AddressScanner() {}

    /** An address and where it was: {@code from} inclusive, {@code to} exclusive, brackets and quotes not included. */
    record Found(String address, int from, int to) {}

    /** The addresses of a text, in order. */
    static List<Found> scan(String text) {
        if (text.indexOf('@') < 0) {
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        int done = 0;
        for (int at = text.indexOf('@'); at >= 0 && found.size() < COUNT_MAX; at = text.indexOf('@', at + 1)) {
            if (at < done) {
                continue;
            }
            Found one = around(text, at, done);
            if (one != null) {
                found.add(one);
                done = one.to();
            }
        }
        return found;
    }

    /** The first address of a text, or null. */
    static String first(String text) {
        if (text == null) {
            return null;
        }
        List<Found> found = scan(text);
        return found.isEmpty() ? null : found.get(0).address();
    }

    private static Found around(String text, int at, int floor) {
        int start = localStart(text, at, Math.max(floor, at - LENGTH_MAX));
        int end = domainEnd(text, at, Math.min(text.length(), at + LENGTH_MAX));
        if (start >= at || end <= at + 1) {
            return null;
        }
        String domain = text.substring(at + 1, end);
        boolean bracketed = start > 0 && text.charAt(start - 1) == '<';
        if (!plausibleDomain(domain, bracketed)) {
            return null;
        }
        return new Found(text.substring(start, end), start, end);
    }

    private static int localStart(String text, int at, int floor) {
        if (at > floor && text.charAt(at - 1) == '"') {
            int open = at - 2;
            while (open >= floor && text.charAt(open) != '"') {
                open--;
            }
            return open >= floor && at - open > 2 ? open : at;
        }
        int open = bracketBefore(text, at, floor);
        int start = at;
        while (start > floor && (isAtom(text.charAt(start - 1)) || (open >= 0 && text.charAt(start - 1) > 0xA0))) {
            start--;
        }
        while (start < at && "'`=/|*.-".indexOf(text.charAt(start)) >= 0 && !text.startsWith("=?", start)) {
            start++;
        }
        return start;
    }

    private static int bracketBefore(String text, int at, int floor) {
        for (int i = at - 1; i >= floor; i--) {
            char c = text.charAt(i);
            if (c == '<') {
                return i;
            }
            if (c <= ' ' || c == '>') {
                return -1;
            }
        }
        return -1;
    }

    private static int domainEnd(String text, int at, int ceiling) {
        int end = at + 1;
        if (end < ceiling && text.charAt(end) == '[') {
            int close = indexOf(text, ']', end, ceiling);
            return close > 0 ? close + 1 : at;
        }
        boolean wide = at > 0 && text.charAt(at - 1) > 0xA0;
        if (!wide) {
            int close = indexOf(text, '>', at, ceiling);
            wide = close > 0 && indexOf(text, ' ', at, close) < 0;
        }
        while (end < ceiling && (isDomain(text.charAt(end)) || (wide && text.charAt(end) > 0xA0))) {
            end++;
        }
        while (end > at + 1 && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
            end--;
        }
        return end;
    }

    private static int indexOf(String text, char c, int from, int ceiling) {
        for (int i = from; i < ceiling; i++) {
            if (text.charAt(i) == c) {
                return i;
            }
        }
        return -1;
    }

    private static boolean plausibleDomain(String domain, boolean bracketed) {
        if (domain.charAt(0) == '[') {
            return domain.length() > 4;
        }
        if (domain.charAt(0) == '.' || domain.contains("..")) {
            return false;
        }
        int dot = domain.lastIndexOf('.');
        if (dot < 0) {
            return bracketed;
        }
        String top = domain.substring(dot + 1);
        return top.length() >= 2 && Character.isLetter(top.charAt(0));
    }

    private static boolean isAtom(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || "!#$%&'*+/=?^_`{|}~.-".indexOf(c) >= 0;
    }

    private static boolean isDomain(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '.'
                || c == '-'
                || c == '_';
    }

    /** How two addresses are compared: without case. */
    static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
