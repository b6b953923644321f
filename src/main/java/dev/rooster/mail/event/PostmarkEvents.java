package dev.rooster.mail.event;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.Verdict;

/** Postmark: one record a request, told apart by {@code RecordType}; metadata come back as they were given. */
final class PostmarkEvents implements EventReader {
    @Override
    public void read(JsonTree request, Collected into) {
        request.each().forEach(record -> into.add(read(record)));
    }

    private static EventDraft read(JsonTree record) {
        String type = record.text("RecordType");
        return switch (type == null ? "" : type) {
            case "Bounce" -> bounce(record);
            case "SpamComplaint" ->
                about(EventKind.COMPLAINT, record, "Email", "BouncedAt").id(record.text("ID"));
            case "Delivery" ->
                about(EventKind.DELIVERED, record, "Recipient", "DeliveredAt")
                        .answer(null, null, record.text("Details"));
            case "SubscriptionChange" -> subscription(record);
            default -> null;
        };
    }

    private static EventDraft bounce(JsonTree record) {
        String type = record.text("Type");
        EventKind kind = switch (type == null ? "" : type) {
            case "Transient" -> EventKind.DELAYED;
            case "SpamComplaint" -> EventKind.COMPLAINT;
            case "Unsubscribe" -> EventKind.UNSUBSCRIBED;
            case "AutoResponder", "AddressChange", "ChallengeVerification" -> EventKind.AUTOREPLY;
            case "Subscribe", "OpenRelayTest", "InboundError" -> null;
            default -> EventKind.BOUNCE;
        };
        if (kind == null) {
            return null;
        }
        EventDraft draft = about(kind, record, "Email", "BouncedAt")
                .id(record.text("ID"))
                .answer(null, null, record.text("Details"));
        return switch (type == null ? "" : type) {
            case "BadEmailAddress" -> draft.otherwise(Category.UNKNOWN_USER, Verdict.HARD, "postmark BadEmailAddress");
            case "DnsError" -> draft.otherwise(Category.NETWORK, Verdict.SOFT, "postmark DnsError");
            case "SpamNotification", "Blocked" ->
                draft.otherwise(Category.REPUTATION, Verdict.SENDER_FAULT, "postmark " + type);
            case "VirusNotification", "TemplateRenderingFailed", "SMTPApiError" ->
                draft.otherwise(Category.CONTENT, Verdict.SENDER_FAULT, "postmark " + type);
            case "DMARCPolicy", "Unconfirmed" ->
                draft.otherwise(Category.AUTHENTICATION, Verdict.SENDER_FAULT, "postmark " + type);
            default -> draft;
        };
    }

    /** Bounces and complaints come with a record of their own; this one tells of those who pressed Postmark's link. */
    private static EventDraft subscription(JsonTree record) {
        boolean refused = record.isTrue("SuppressSending")
                && "ManualSuppression".equals(record.text("SuppressionReason"))
                && "Recipient".equals(record.text("Origin"));
        return refused ? about(EventKind.UNSUBSCRIBED, record, "Recipient", "ChangedAt") : null;
    }

    private static EventDraft about(EventKind kind, JsonTree record, String recipient, String at) {
        return new EventDraft(kind)
                .at(record.instant(at))
                .to(record.text(recipient))
                .reference(record.text("Metadata", "rooster"))
                .subject(record.text("Subject"));
    }
}
