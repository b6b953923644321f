package dev.rooster.mail.event;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.Verdict;

/** Mailgun: one event a request, in {@code event-data}. It keeps our Message-ID. */
final class MailgunEvents implements EventReader {
    @Override
    public void read(JsonTree request, Collected into) {
        into.add(read(request.at("event-data")));
    }

    private static EventDraft read(JsonTree event) {
        String word = event.text("event");
        return switch (word == null ? "" : word) {
            case "delivered" -> about(EventKind.DELIVERED, event);
            case "failed" -> failed(event);
            case "rejected" ->
                about(EventKind.BOUNCE, event)
                        .answer(null, null, event.text("reject", "reason"))
                        .decided(Category.CONTENT, Verdict.SENDER_FAULT, "mailgun rejected");
            case "complained" -> about(EventKind.COMPLAINT, event);
            case "unsubscribed" -> about(EventKind.UNSUBSCRIBED, event);
            default -> null;
        };
    }

    private static EventDraft failed(JsonTree event) {
        if ("temporary".equals(event.text("severity"))) {
            return about(EventKind.DELAYED, event);
        }
        String reason = event.text("reason");
        return switch (reason == null ? "" : reason) {
            // Mailgun's own lists: it did not even try, so nothing new is known of the mailbox.
            case "suppress-bounce" ->
                about(EventKind.BOUNCE, event).decided(Category.FILTERED, Verdict.SOFT, "mailgun suppress-bounce");
            case "suppress-complaint" -> about(EventKind.COMPLAINT, event);
            case "suppress-unsubscribe" -> about(EventKind.UNSUBSCRIBED, event);
            case "espblock" ->
                about(EventKind.BOUNCE, event).otherwise(Category.REPUTATION, Verdict.SENDER_FAULT, "mailgun espblock");
            default -> about(EventKind.BOUNCE, event);
        };
    }

    private static EventDraft about(EventKind kind, JsonTree event) {
        JsonTree status = event.at("delivery-status");
        String message = status.text("message");
        return new EventDraft(kind)
                .id(event.text("id"))
                .at(event.instant("timestamp"))
                .to(event.text("recipient"))
                .messageId(event.text("message", "headers", "message-id"))
                .envelopeSender(event.text("envelope", "sender"))
                .subject(event.text("message", "headers", "subject"))
                .answer(
                        status.text("enhanced-code"),
                        status.text("code"),
                        message == null ? status.text("description") : message);
    }
}
