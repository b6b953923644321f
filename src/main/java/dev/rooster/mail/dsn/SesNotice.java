package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON in which Amazon SES tells of bounces, complaints and deliveries when its SNS topic is subscribed by mail.
 * Only the few string members needed are picked out; nothing else of JSON is understood.
 *
 * @param type {@code Bounce}, {@code Complaint} or {@code Delivery}
 * @param recipients one map for each recipient, with the names of RFC 3464 fields
 * @param messageId Message-ID of our message, or null
 */
record SesNotice(String type, List<Map<String, String>> recipients, String messageId) {
    private static final int RECIPIENTS_MAX = 50;

    /** Reads a text in which such JSON stands, its lines perhaps wrapped; null if it does not. */
    static SesNotice in(String text) {
        int start = text.indexOf("\"notificationType\"");
        if (start < 0) {
            start = text.indexOf("\"eventType\"");
        }
        if (start < 0 || text.indexOf("\"mail\"") < 0) {
            return null;
        }
        String json = text.substring(Math.max(0, text.lastIndexOf('{', start))).replace("\n", "");
        String type = member(json, "notificationType", 0, json.length());
        type = type == null ? member(json, "eventType", 0, json.length()) : type;
        String list = "Bounce".equals(type)
                ? "bouncedRecipients"
                : "Complaint".equals(type) ? "complainedRecipients" : "Delivery".equals(type) ? "recipients" : null;
        int open = list == null ? -1 : json.indexOf("\"" + list + "\"");
        int close = open < 0 ? -1 : json.indexOf(']', open);
        if (close < 0) {
            return null;
        }
        List<Map<String, String>> recipients = new ArrayList<>();
        int at = open;
        if (list.equals("recipients")) {
            for (AddressScanner.Found found : AddressScanner.scan(json.substring(open, close))) {
                recipients.add(Map.of("final-recipient", found.address(), "action", "delivered"));
            }
        }
        while (recipients.size() < RECIPIENTS_MAX && !list.equals("recipients")) {
            int from = json.indexOf('{', at);
            int to = from < 0 || from > close ? -1 : json.indexOf('}', from);
            if (to < 0) {
                break;
            }
            Map<String, String> group = new LinkedHashMap<>();
            put(group, "final-recipient", member(json, "emailAddress", from, to));
            put(group, "status", member(json, "status", from, to));
            put(group, "action", member(json, "action", from, to));
            put(group, "diagnostic-code", member(json, "diagnosticCode", from, to));
            group.putIfAbsent("action", "failed");
            recipients.add(group);
            at = to;
            close = Math.max(close, json.indexOf(']', to));
        }
        return new SesNotice(type, recipients, messageIdIn(json));
    }

    /** What it tells about our message, as per-message fields. */
    Map<String, String> fields() {
        return messageId == null ? Map.of() : Map.of("x-original-message-id", messageId);
    }

    /** The Message-ID field of our message among the headers SES repeats, where the topic is set to include them. */
    private static String messageIdIn(String json) {
        int headers = json.indexOf("\"commonHeaders\"");
        return headers < 0 ? null : member(json, "messageId", headers, json.length());
    }

    private static void put(Map<String, String> group, String name, String value) {
        if (value != null) {
            group.put(name, value);
        }
    }

    /** A string member between two positions, its escapes undone; null if there is none. */
    private static String member(String json, String name, int from, int to) {
        int at = json.indexOf("\"" + name + "\"", from);
        int colon = at < 0 ? -1 : json.indexOf(':', at);
        int open = colon < 0 ? -1 : json.indexOf('"', colon);
        if (open < 0 || open > to || !json.substring(colon + 1, open).isBlank()) {
            return null;
        }
        StringBuilder value = new StringBuilder();
        for (int i = open + 1; i < json.length() && value.length() < 2000; i++) {
            char c = json.charAt(i);
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\' && i + 1 < json.length()) {
                char escaped = json.charAt(++i);
                value.append(escaped == 'n' || escaped == 'r' || escaped == 't' ? ' ' : escaped);
            } else {
                value.append(c);
            }
        }
        return null;
    }
}
