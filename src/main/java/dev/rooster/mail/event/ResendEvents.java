package dev.rooster.mail.event;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.Verdict;
import java.util.List;
import java.util.Objects;

/**
 * Resend: one event a request. It gives back the headers of our mail in some events only; in the others the recipient and
 * the subject have to lead to the delivery.
 */
final class ResendEvents implements EventReader {
    @Override
    public void read(JsonTree request, Collected into) {
        String type = request.text("type");
        EventKind kind = switch (type == null ? "" : type) {
            case "email.delivered" -> EventKind.DELIVERED;
            case "email.delivery_delayed" -> EventKind.DELAYED;
            case "email.bounced", "email.failed", "email.suppressed" -> EventKind.BOUNCE;
            case "email.complained" -> EventKind.COMPLAINT;
            default -> null;
        };
        if (kind == null) {
            into.add(null);
            return;
        }
        JsonTree data = request.at("data");
        for (String recipient : recipients(data.at("to"))) {
            into.add(judged(about(kind, request, data).to(recipient), data));
        }
    }

    private static List<String> recipients(JsonTree to) {
        String one = to.asText();
        return one != null
                ? List.of(one)
                : to.each().stream()
                        .map(JsonTree::asText)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private static EventDraft about(EventKind kind, JsonTree request, JsonTree data) {
        return new EventDraft(kind)
                .id(data.text("email_id"))
                .at(request.instant("created_at"))
                .messageId(data.text("message_id"))
                .subject(data.text("subject"))
                .headers(data.at("headers"));
    }

    /** The answer of the receiving server where it is told; else Amazon's types, for Resend sends through Amazon SES. */
    private static EventDraft judged(EventDraft draft, JsonTree data) {
        JsonTree bounce = data.at("bounce");
        String diagnostic = diagnostic(bounce.at("diagnosticCode"));
        draft.answer(null, null, diagnostic == null ? bounce.text("message") : diagnostic);
        String subType = bounce.text("subType");
        if ("Suppressed".equals(subType) || "OnAccountSuppressionList".equals(subType) || data.has("suppressed")) {
            return draft.decided(Category.FILTERED, Verdict.SOFT, "resend suppressed");
        }
        if (data.has("failed")) {
            return draft.answer(null, null, data.text("failed", "reason"))
                    .decided(Category.POLICY, Verdict.SENDER_FAULT, "resend failed");
        }
        return diagnostic == null ? SesEvents.byType(draft, bounce.text("type"), subType) : draft;
    }

    private static String diagnostic(JsonTree codes) {
        return codes.asText() != null
                ? codes.asText()
                : codes.each().stream()
                        .map(JsonTree::asText)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }
}
