package dev.rooster.mail.event;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.FeedbackTypes;
import dev.rooster.mail.dsn.Verdict;

/** SparkPost: a list of events, each below {@code msys} and the name of its group. */
final class SparkPostEvents implements EventReader {
    @Override
    public void read(JsonTree request, Collected into) {
        for (JsonTree element : request.each()) {
            // The group's name (message_event, gen_event, unsubscribe_event …) says nothing that the type does not.
            element.at("msys").values().forEach(event -> into.add(read(event)));
        }
    }

    private static EventDraft read(JsonTree event) {
        String type = event.text("type");
        return switch (type == null ? "" : type) {
            case "delivery" -> about(EventKind.DELIVERED, event);
            case "delay" -> about(EventKind.DELAYED, event);
            case "bounce", "out_of_band" -> bounce(event);
            case "policy_rejection", "generation_failure" ->
                about(EventKind.BOUNCE, event).otherwise(Category.POLICY, Verdict.SENDER_FAULT, "sparkpost " + type);
            // Their suppression list; their words for it ("5.7.1 … customer policy") would be taken for a fault of
            // ours.
            case "generation_rejection" ->
                about(EventKind.BOUNCE, event).decided(Category.FILTERED, Verdict.SOFT, "sparkpost suppressed");
            case "spam_complaint" -> complaint(event);
            case "list_unsubscribe", "link_unsubscribe" -> about(EventKind.UNSUBSCRIBED, event);
            default -> null;
        };
    }

    private static EventDraft complaint(JsonTree event) {
        return FeedbackTypes.isComplaint(event.text("fbtype")) ? about(EventKind.COMPLAINT, event) : null;
    }

    /** SparkPost's classification codes, where the server's words say nothing. */
    private static EventDraft bounce(JsonTree event) {
        String code = event.text("bounce_class");
        return switch (code == null ? "" : code) {
            case "60" -> about(EventKind.AUTOREPLY, event);
            case "80" -> null; // somebody subscribes by mail
            case "90" -> about(EventKind.UNSUBSCRIBED, event);
            case "10" -> about(EventKind.BOUNCE, event).otherwise(Category.UNKNOWN_USER, Verdict.HARD, "sparkpost 10");
            case "22" -> about(EventKind.BOUNCE, event).otherwise(Category.MAILBOX_FULL, Verdict.SOFT, "sparkpost 22");
            case "23" -> about(EventKind.BOUNCE, event).otherwise(Category.SIZE, Verdict.SENDER_FAULT, "sparkpost 23");
            case "50", "51", "52", "53", "54" ->
                about(EventKind.BOUNCE, event).otherwise(Category.CONTENT, Verdict.SENDER_FAULT, "sparkpost " + code);
            default -> about(EventKind.BOUNCE, event);
        };
    }

    private static EventDraft about(EventKind kind, JsonTree event) {
        String asGiven = event.text("raw_rcpt_to");
        String reason = event.text("raw_reason");
        return new EventDraft(kind)
                .id(event.text("event_id"))
                .at(event.instant("timestamp"))
                .to(asGiven == null ? event.text("rcpt_to") : asGiven)
                .reference(event.text("rcpt_meta", "rooster"))
                .envelopeSender(event.text("msg_from"))
                .subject(event.text("subject"))
                .answer(null, event.text("error_code"), reason == null ? event.text("reason") : reason);
    }
}
