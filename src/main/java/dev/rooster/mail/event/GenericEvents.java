package dev.rooster.mail.event;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.Verdict;

/** The form for everything that has no form of its own here; docs/webhooks.md describes it. */
final class GenericEvents implements EventReader {
    @Override
    public void read(JsonTree request, Collected into) {
        JsonTree events = request.has("events") ? request.at("events") : request;
        for (JsonTree event : events.each()) {
            readOne(event, into);
        }
    }

    private static void readOne(JsonTree event, Collected into) {
        EventKind kind = kind(event.text("event"));
        if (kind == null) {
            into.addUnreadable();
            return;
        }
        EventDraft draft = new EventDraft(kind)
                .id(event.text("id"))
                .at(event.instant("at"))
                .to(event.text("recipient"))
                .reference(event.text("reference"))
                .messageId(event.text("message-id"))
                .envelopeSender(event.text("envelope-sender"))
                .subject(event.text("subject"))
                .answer(event.text("status"), event.text("code"), event.text("text"));
        into.add(event.isTrue("dead") ? draft.otherwise(Category.UNKNOWN_USER, Verdict.HARD, "generic dead") : draft);
    }

    private static EventKind kind(String word) {
        return switch (word == null ? "" : word) {
            case "bounced" -> EventKind.BOUNCE;
            case "delayed" -> EventKind.DELAYED;
            case "delivered" -> EventKind.DELIVERED;
            case "complained" -> EventKind.COMPLAINT;
            case "unsubscribed" -> EventKind.UNSUBSCRIBED;
            default -> null;
        };
    }
}
