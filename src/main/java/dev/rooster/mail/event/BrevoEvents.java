package dev.rooster.mail.event;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.Verdict;

/** Brevo: one event a request, or a list of them when batching is on. Events have no id of their own. */
final class BrevoEvents implements EventReader {
    @Override
    public void read(JsonTree request, Collected into) {
        request.each().forEach(event -> into.add(read(event)));
    }

    private static EventDraft read(JsonTree event) {
        String word = event.text("event");
        return switch (word == null ? "" : word) {
            case "delivered" -> about(EventKind.DELIVERED, event);
            case "deferred" -> about(EventKind.DELAYED, event);
            case "spam", "complaint" -> about(EventKind.COMPLAINT, event);
            case "unsubscribed" -> about(EventKind.UNSUBSCRIBED, event);
            case "hard_bounce", "soft_bounce" -> about(EventKind.BOUNCE, event);
            case "invalid_email", "invalid" ->
                about(EventKind.BOUNCE, event).otherwise(Category.UNKNOWN_USER, Verdict.HARD, "brevo invalid");
            // Brevo's own list of those it does not send to: nobody is given up on that alone.
            case "blocked" -> about(EventKind.BOUNCE, event).decided(Category.FILTERED, Verdict.SOFT, "brevo blocked");
            case "error" -> about(EventKind.BOUNCE, event).otherwise(Category.SYSTEM, Verdict.SOFT, "brevo error");
            default -> null;
        };
    }

    private static EventDraft about(EventKind kind, JsonTree event) {
        return new EventDraft(kind)
                .at(event.instant(event.has("ts_epoch") ? "ts_epoch" : "ts_event"))
                .to(event.text("email"))
                .reference(event.text("X-Mailin-custom"))
                .messageId(event.text("message-id"))
                .subject(event.text("subject"))
                .answer(null, null, event.text("reason"));
    }
}
