package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a message/delivery-status (RFC 3464 §2) or message/global-delivery-status (RFC 6533), wherever they
 * stand, with the damage of the real world undone: blanks before the colon, unfolded values, missing or surplus empty
 * lines between groups.
 *
 * @param message the per-message fields, lower-case names
 * @param recipients one map for each recipient
 */
record StatusFields(Map<String, String> message, List<Map<String, String>> recipients) {
    /** One of our mails has one recipient; a report about more than this many is not about us. */
    private static final int RECIPIENTS_MAX = 200;

    private static final int VALUE_MAX = 4000;
    static final int LINES_MAX = 20_000;

    private static final Set<String> PER_RECIPIENT = Set.of(
            "final-recipient",
            "original-recipient",
            "x-actual-recipient",
            "action",
            "status",
            "remote-mta",
            "diagnostic-code",
            "last-attempt-date",
            "final-log-id",
            "will-retry-until",
            "localized-status");
    private static final Set<String> PER_MESSAGE =
            Set.of("original-envelope-id", "reporting-mta", "dsn-gateway", "received-from-mta", "arrival-date");

    static StatusFields read(Iterable<String> lines) {
        Map<String, String> message = new LinkedHashMap<>();
        List<Map<String, String>> recipients = new ArrayList<>();
        Map<String, String> group = new LinkedHashMap<>();
        String last = null;
        int count = 0;
        for (String line : lines) {
            if (++count > LINES_MAX || recipients.size() >= RECIPIENTS_MAX) {
                break;
            }
            if (line.isBlank()) {
                last = null;
                group = close(group, message, recipients);
                continue;
            }
            boolean indented = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            int colon = indented && last != null ? -1 : MailHeaders.nameEnd(line, indent(line), line.length());
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (PER_RECIPIENT.contains(name) || PER_MESSAGE.contains(name) || name.startsWith("x-")) {
                if (beginsAnother(name, group)) {
                    group = close(group, message, recipients);
                }
                String value = line.substring(colon + 1).strip();
                if (!group.containsKey(name)) {
                    group.put(name, value);
                    last = name;
                } else {
                    last = null;
                }
            } else if (last != null && group.get(last).length() < VALUE_MAX) {
                group.merge(last, line.strip(), (a, b) -> a + " " + b);
            }
        }
        close(group, message, recipients);
        return new StatusFields(message, recipients);
    }

    private static int indent(String line) {
        int at = 0;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t' || line.charAt(at) == '>')) {
            at++;
        }
        return at;
    }

    private static boolean beginsAnother(String name, Map<String, String> group) {
        return (name.equals("final-recipient") || name.equals("original-recipient")) && group.containsKey(name);
    }

    /** Files a finished group and returns the next, empty one. */
    private static Map<String, String> close(
            Map<String, String> group, Map<String, String> message, List<Map<String, String>> recipients) {
        if (group.isEmpty()) {
            return group;
        }
        boolean names = group.containsKey("final-recipient")
                || group.containsKey("original-recipient")
                || group.containsKey("x-actual-recipient");
        Map<String, String> lastGroup = recipients.isEmpty() ? null : recipients.get(recipients.size() - 1);
        if (names
                && lastGroup != null
                && !lastGroup.containsKey("final-recipient")
                && !lastGroup.containsKey("action")) {
            // An empty line tore Original-Recipient from Final-Recipient.
            group.forEach(lastGroup::putIfAbsent);
        } else if (names) {
            recipients.add(group);
        } else if (lastGroup != null && group.keySet().stream().anyMatch(PER_RECIPIENT::contains)) {
            group.forEach(lastGroup::putIfAbsent);
        } else {
            group.forEach(message::putIfAbsent);
            return new LinkedHashMap<>();
        }
        for (String name : PER_MESSAGE) {
            String value = group.get(name);
            if (value != null) {
                message.putIfAbsent(name, value);
            }
        }
        return new LinkedHashMap<>();
    }

    /** True if lines of plain text hold the fields of at least one recipient. */
    static boolean occurIn(List<String> lines) {
        boolean recipient = false;
        boolean outcome = false;
        for (String line : lines) {
            String start =
                    line.substring(0, Math.min(line.length(), 24)).strip().toLowerCase(Locale.ROOT);
            recipient |= start.startsWith("final-recipient") || start.startsWith("original-recipient");
            outcome |=
                    start.startsWith("action:") || start.startsWith("status:") || start.startsWith("diagnostic-code:");
        }
        return recipient && outcome;
    }

    /** The address in an {@code rfc822;} or {@code utf-8;} field (RFC 3464 §2.1.2, RFC 6533 §3), or null. */
    static String address(String field) {
        if (field == null) {
            return null;
        }
        int semicolon = field.indexOf(';');
        String type = semicolon < 0 ? "" : field.substring(0, semicolon).strip().toLowerCase(Locale.ROOT);
        String rest = (semicolon < 0 ? field : field.substring(semicolon + 1)).strip();
        if (type.equals("utf-8")) {
            String decoded = utf8Xtext(rest);
            String bare = decoded.startsWith("<") && decoded.endsWith(">")
                    ? decoded.substring(1, decoded.length() - 1)
                    : decoded;
            return bare.indexOf('@') > 0 && bare.indexOf(' ') < 0 ? bare : AddressScanner.first("<" + bare + ">");
        }
        String found = AddressScanner.first(rest);
        if (found != null || rest.indexOf('@') < 1) {
            return found;
        }
        // A local domain ("kim@mailhost") is still an address where a field says so.
        return AddressScanner.first("<" + rest.split("[\\s>]", 2)[0].replace("<", "") + ">");
    }

    /** RFC 6533 §3: {@code \x{HEX}} stands for one character. */
    private static String utf8Xtext(String text) {
        int at = text.indexOf("\\x{");
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        while (at >= 0) {
            int close = text.indexOf('}', at);
            if (close < 0 || close - at > 9 || close - at < 4) {
                break;
            }
            try {
                int code = Integer.parseInt(text, at + 3, close, 16);
                if (Character.isValidCodePoint(code) && !Character.isISOControl(code)) {
                    out.append(text, done, at).appendCodePoint(code);
                    done = close + 1;
                }
            } catch (NumberFormatException e) {
                // Not an escape after all; it stays as it is.
            }
            at = text.indexOf("\\x{", close);
        }
        return out.append(text.substring(done)).toString();
    }
}
