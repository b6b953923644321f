package dev.rooster.mail;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The headers that all copies of an issue share.
 *
 * @param fromName null or empty for none
 * @param replyTo null for none
 * @param subject not yet encoded
 * @param date the instant of release with the newsletter's offset; the same for every copy and every try (RFC 5322
 *     §3.6.1)
 * @param listName the newsletter's name for people, null or empty for none
 * @param listId such as {@code ai-weekly.lists.example.com}, the same for the whole life of the newsletter (RFC 2919)
 * @param feedbackId {@code issue:list:type:sender} for Gmail's feedback loop, or null
 */
public record MessageHeaders(
        EmailAddress from,
        String fromName,
        EmailAddress replyTo,
        String subject,
        OffsetDateTime date,
        String listName,
        String listId,
        String feedbackId) {
    /** The sender id has 5–15 characters and is constant; the other three are ours. */
    private static final Pattern FEEDBACK_ID = Pattern.compile("([A-Za-z0-9._-]{0,60}:){3}[A-Za-z0-9._-]{5,15}");

    public MessageHeaders {
        if (from == null || subject == null || date == null || listId == null) {
            throw new IllegalArgumentException("from, subject, date and list id are needed");
        }
        if (feedbackId != null && !FEEDBACK_ID.matcher(feedbackId).matches()) {
            throw new IllegalArgumentException("a feedback id is a:b:c:sender, the sender of 5 to 15 characters");
        }
        if (from.needsSmtpUtf8() || replyTo != null && replyTo.needsSmtpUtf8()) {
            throw new IllegalArgumentException(
                    "the sender's addresses are ASCII before the @, or many could not reply");
        }
        HeaderText.requireSafe("Subject", subject);
        HeaderText.requireSafe("From", fromName == null ? "" : fromName);
        HeaderText.requireSafe("List-Id", listName == null ? "" : listName);
    }

    /** The text form to store: one line {@code key: value} each; {@link #parse} is its exact inverse. */
    public String format() {
        StringBuilder out = new StringBuilder();
        line(out, "from", from.text());
        line(out, "from-name", fromName);
        line(out, "reply-to", replyTo == null ? null : replyTo.text());
        line(out, "subject", subject);
        line(out, "date", date.toString());
        line(out, "list-name", listName);
        line(out, "list-id", listId);
        line(out, "feedback-id", feedbackId);
        return out.toString();
    }

    private static void line(StringBuilder out, String key, String value) {
        if (value != null) {
            out.append(key).append(": ").append(value).append('\n');
        }
    }

    /**
     * @throws RuntimeException when the text was not made by {@link #format}
     */
    public static MessageHeaders parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw new IllegalArgumentException("stored headers are damaged: a line without a colon");
            }
            values.put(line.substring(0, colon), line.substring(colon + 2));
        }
        String replyTo = values.get("reply-to");
        return new MessageHeaders(
                EmailAddress.of(values.get("from")),
                values.get("from-name"),
                replyTo == null ? null : EmailAddress.of(replyTo),
                values.get("subject"),
                OffsetDateTime.parse(values.get("date")),
                values.get("list-name"),
                values.get("list-id"),
                values.get("feedback-id"));
    }
}
