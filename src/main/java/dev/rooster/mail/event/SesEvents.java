package dev.rooster.mail.event;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.FeedbackTypes;
import dev.rooster.mail.dsn.Verdict;
import java.util.function.UnaryOperator;

/**
 * Amazon SES, in both its forms: notifications ({@code notificationType}) and published events ({@code eventType}). The
 * envelope sender stands in {@code mail.source}, our headers in {@code mail.headers} where they are asked for.
 */
final class SesEvents implements EventReader {
    @Override
    public void read(JsonTree record, Collected into) {
        String type = record.text("notificationType");
        type = type == null ? record.text("eventType") : type;
        switch (type == null ? "" : type) {
            case "Bounce" -> bounce(record, into);
            case "Complaint" -> complaint(record, into);
            case "Delivery" -> delivery(record, into);
            case "DeliveryDelay" -> delay(record, into);
            case "Reject" ->
                all(
                        record,
                        into,
                        EventKind.BOUNCE,
                        draft -> draft.answer(null, null, record.text("reject", "reason"))
                                .decided(Category.CONTENT, Verdict.SENDER_FAULT, "ses Reject"));
            case "Subscription" -> subscription(record, into);
            default -> into.add(null);
        }
    }

    private static void bounce(JsonTree record, Collected into) {
        JsonTree bounce = record.at("bounce");
        String subType = bounce.text("bounceSubType");
        for (JsonTree recipient : bounce.at("bouncedRecipients").each()) {
            EventDraft draft = about(EventKind.BOUNCE, record)
                    .id(bounce.text("feedbackId"))
                    .at(bounce.instant("timestamp"))
                    .to(recipient.text("emailAddress"))
                    .answer(recipient.text("status"), null, recipient.text("diagnosticCode"));
            boolean suppressed = subType != null && (subType.startsWith("On") || subType.equals("Suppressed"));
            // Their lists: the mail was not even tried, so nothing new is known of the mailbox.
            into.add(
                    suppressed
                            ? draft.decided(Category.FILTERED, Verdict.SOFT, "ses " + subType)
                            : byType(draft, bounce.text("bounceType"), subType));
        }
    }

    /** What SES makes of a bounce, for where the receiving server's words say nothing. */
    static EventDraft byType(EventDraft draft, String type, String subType) {
        return switch (subType == null ? "" : subType) {
            case "NoEmail" -> draft.otherwise(Category.UNKNOWN_USER, Verdict.HARD, "ses NoEmail");
            case "MailboxFull" -> draft.otherwise(Category.MAILBOX_FULL, Verdict.SOFT, "ses MailboxFull");
            case "MessageTooLarge" -> draft.otherwise(Category.SIZE, Verdict.SENDER_FAULT, "ses MessageTooLarge");
            case "ContentRejected", "AttachmentRejected" ->
                draft.otherwise(Category.CONTENT, Verdict.SENDER_FAULT, "ses " + subType);
            default -> draft.otherwise(Category.OTHER, Verdict.SOFT, "ses " + type);
        };
    }

    private static void complaint(JsonTree record, Collected into) {
        JsonTree complaint = record.at("complaint");
        boolean complains = FeedbackTypes.isComplaint(complaint.text("complaintFeedbackType"));
        for (JsonTree recipient : complaint.at("complainedRecipients").each()) {
            into.add(
                    complains
                            ? about(EventKind.COMPLAINT, record)
                                    .id(complaint.text("feedbackId"))
                                    .at(complaint.instant("timestamp"))
                                    .to(recipient.text("emailAddress"))
                                    .answer(null, null, complaint.text("complaintFeedbackType"))
                            : null);
        }
    }

    private static void delivery(JsonTree record, Collected into) {
        JsonTree delivery = record.at("delivery");
        for (JsonTree recipient : delivery.at("recipients").each()) {
            into.add(about(EventKind.DELIVERED, record)
                    .at(delivery.instant("timestamp"))
                    .to(recipient.asText())
                    .answer(null, null, delivery.text("smtpResponse")));
        }
    }

    private static void delay(JsonTree record, Collected into) {
        JsonTree delay = record.at("deliveryDelay");
        for (JsonTree recipient : delay.at("delayedRecipients").each()) {
            into.add(about(EventKind.DELAYED, record)
                    .at(delay.instant("timestamp"))
                    .to(recipient.text("emailAddress"))
                    .answer(recipient.text("status"), null, recipient.text("diagnosticCode")));
        }
    }

    /** SES's own unsubscribe page: only who refuses everything refuses us. */
    private static void subscription(JsonTree record, Collected into) {
        if (record.at("subscription", "newTopicPreferences").isTrue("unsubscribeAll")) {
            all(record, into, EventKind.UNSUBSCRIBED, draft -> draft);
        } else {
            into.add(null);
        }
    }

    /** For what is told of the whole mail: ours have one recipient each. */
    private static void all(JsonTree record, Collected into, EventKind kind, UnaryOperator<EventDraft> more) {
        for (JsonTree recipient : record.at("mail", "destination").each()) {
            into.add(more.apply(about(kind, record)
                    .id(record.text("mail", "messageId"))
                    .at(record.instant("mail", "timestamp"))
                    .to(recipient.asText())));
        }
    }

    private static EventDraft about(EventKind kind, JsonTree record) {
        JsonTree mail = record.at("mail");
        return new EventDraft(kind)
                .envelopeSender(mail.text("source"))
                .messageId(mail.text("commonHeaders", "messageId"))
                .subject(mail.text("commonHeaders", "subject"))
                .headers(mail.at("headers"));
    }
}
