package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what a report tells about our own message. */
final class Originals {
    /** Fields that tell whom the report was sent to, the envelope's word before the header's. */
    private static final List<String> DELIVERED_TO = List.of(
            "x-original-to",
            "delivered-to",
            "envelope-to",
            "x-envelope-to",
            "x-delivered-to",
            "to",
            "cc",
            "x-forwarded-to");

    private Originals() {}

    static Original of(MailHeaders top, MailHeaders returned, Map<String, String> status, FeedbackReport feedback) {
        Set<String> deliveredTo = new LinkedHashSet<>();
        for (String name : DELIVERED_TO) {
            top.all(name).forEach(value -> addresses(value).forEach(deliveredTo::add));
        }
        String sender = feedback == null ? null : feedback.mailFrom();
        if (sender == null) {
            sender = AddressScanner.first(status.get("x-postfix-sender"));
        }
        if (sender == null) {
            sender = AddressScanner.first(returned.first("return-path"));
        }
        String envelopeId = status.get("original-envelope-id");
        if (envelopeId == null && feedback != null) {
            envelopeId = feedback.envelopeId();
        }
        String messageId = messageId(returned.first("message-id"));
        if (messageId == null) {
            messageId = messageId(status.getOrDefault("x-original-message-id", top.first("x-original-message-id")));
        }
        if (messageId == null) {
            messageId = messageId(top.first("in-reply-to"));
        }
        if (messageId == null) {
            messageId = messageId(top.first("references"));
        }
        return new Original(
                envelopeId == null || envelopeId.isBlank() ? null : envelopeId.strip(),
                messageId,
                List.copyOf(deliveredTo),
                sender,
                AddressScanner.first(returned.first("from")),
                addressed(returned),
                returned.decoded("subject"),
                returned.first("list-unsubscribe"),
                feedback == null ? null : feedback.type());
    }

    /** To and Cc of a returned message. */
    static List<String> addressed(MailHeaders returned) {
        Set<String> to = new LinkedHashSet<>();
        for (String name : List.of("to", "cc")) {
            returned.all(name).forEach(value -> addresses(value).forEach(to::add));
        }
        return List.copyOf(to);
    }

    /** The recipient the last system that took the returned message noted, or null (RFC 5321 §4.4 "for"). */
    static String receivedFor(MailHeaders returned) {
        for (String received : returned.all("received")) {
            int at = received.indexOf(" for <");
            if (at >= 0) {
                return AddressScanner.first(received.substring(at + 5));
            }
        }
        return null;
    }

    static List<String> addresses(String value) {
        List<String> found = new ArrayList<>();
        if (value != null) {
            AddressScanner.scan(EncodedWords.decode(value)).forEach(one -> found.add(one.address()));
        }
        return found;
    }

    private static String messageId(String value) {
        if (value == null) {
            return null;
        }
        int start = value.indexOf('<');
        int end = value.indexOf('>', start + 1);
        return start < 0 || end < 0 || end - start > 998 ? null : value.substring(start, end + 1);
    }
}
