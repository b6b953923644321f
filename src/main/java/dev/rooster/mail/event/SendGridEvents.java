package dev.rooster.mail.event;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.Verdict;

/** SendGrid: a list of events; what we gave as a unique argument stands beside the rest. */
final class SendGridEvents implements EventReader {
    @Override
    public void read(JsonTree request, Collected into) {
        request.each().forEach(event -> into.add(read(event)));
    }

    private static EventDraft read(JsonTree event) {
        String word = event.text("event");
        return switch (word == null ? "" : word) {
            case "delivered" -> about(EventKind.DELIVERED, event, event.text("response"));
            case "deferred" -> about(EventKind.DELAYED, event, event.text("response"));
            case "bounce" -> about(EventKind.BOUNCE, event, event.text("reason"));
            case "dropped" -> dropped(event);
            case "spamreport" -> about(EventKind.COMPLAINT, event, null);
            case "unsubscribe", "group_unsubscribe" -> about(EventKind.UNSUBSCRIBED, event, null);
            default -> null;
        };
    }

    /** SendGrid did not even try. A list of its own tells nothing new of a mailbox; an invalid address is one. */
    private static EventDraft dropped(JsonTree event) {
        String reason = event.text("reason");
        return switch (reason == null ? "" : reason) {
            case "Unsubscribed Address" -> about(EventKind.UNSUBSCRIBED, event, reason);
            case "Spam Reporting Address" -> about(EventKind.COMPLAINT, event, reason);
            case "Invalid" ->
                about(EventKind.BOUNCE, event, reason)
                        .decided(Category.UNKNOWN_USER, Verdict.HARD, "sendgrid dropped Invalid");
            case "Bounced Address" ->
                about(EventKind.BOUNCE, event, reason)
                        .decided(Category.FILTERED, Verdict.SOFT, "sendgrid dropped Bounced");
            default ->
                about(EventKind.BOUNCE, event, reason)
                        .decided(Category.POLICY, Verdict.SENDER_FAULT, "sendgrid dropped");
        };
    }

    private static EventDraft about(EventKind kind, JsonTree event, String answer) {
        return new EventDraft(kind)
                .id(event.text("sg_event_id"))
                .at(event.instant("timestamp"))
                .to(event.text("email"))
                .reference(event.text("rooster"))
                .messageId(event.text("smtp-id"))
                .answer(event.text("status"), null, answer);
    }
}
