package dev.rooster.mail.event;

import dev.rooster.mail.dsn.Action;
import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.DiagnosticClassifier.Classified;
import dev.rooster.mail.dsn.JudgeReply;
import dev.rooster.mail.dsn.Original;
import dev.rooster.mail.dsn.ReportedRecipient;
import dev.rooster.mail.dsn.Verdict;
import java.time.Instant;
import java.util.List;

/** An event being read: each provider fills in what it tells. Not thread-safe. */
final class EventDraft {
    private static final int ADDRESS_MAX = 320;

    private final EventKind kind;
    private String id;
    private Instant at;
    private String recipient;
    private String reference;
    private String messageId;
    private String envelopeSender;
    private String listUnsubscribe;
    private String subject;
    private String status;
    private String replyCode;
    private String answer;
    private Classified otherwise;
    private Classified decided;

    EventDraft(EventKind kind) {
        this.kind = kind;
    }

    EventDraft id(String value) {
        id = value;
        return this;
    }

    EventDraft at(Instant value) {
        at = value;
        return this;
    }

    /** An address, perhaps with a name before it and angle brackets around it. */
    EventDraft to(String value) {
        recipient = bare(value);
        return this;
    }

    /** What we gave the provider to give back. */
    EventDraft reference(String value) {
        reference = value;
        return this;
    }

    EventDraft messageId(String value) {
        messageId = value;
        return this;
    }

    EventDraft envelopeSender(String value) {
        envelopeSender = bare(value);
        return this;
    }

    /** The headers of our mail as the provider repeats them: a list of objects with name and value. */
    EventDraft headers(JsonTree headers) {
        for (JsonTree header : headers.each()) {
            String name = header.text("name");
            if ("Message-ID".equalsIgnoreCase(name)) {
                messageId = header.text("value");
            } else if ("List-Unsubscribe".equalsIgnoreCase(name)) {
                listUnsubscribe = header.text("value");
            }
        }
        return this;
    }

    EventDraft subject(String value) {
        subject = value;
        return this;
    }

    /** What the receiving server answered; any may be null. */
    EventDraft answer(String enhancedStatus, String code, String text) {
        status = enhancedStatus;
        replyCode = code;
        answer = text;
        return this;
    }

    /** What the provider itself says, for where the answer says nothing. */
    EventDraft otherwise(Category category, Verdict verdict, String why) {
        otherwise = new Classified(category, verdict, why);
        return this;
    }

    /** What the provider itself says, whatever words stand beside it: those are the provider's, not a receiving server's. */
    EventDraft decided(Category category, Verdict verdict, String why) {
        decided = new Classified(category, verdict, why);
        return this;
    }

    /** The event; null when it names nobody. */
    MailEvent done() {
        if (recipient == null || recipient.length() > ADDRESS_MAX || recipient.indexOf('@') < 1) {
            return null;
        }
        Original original = new Original(
                reference, messageId, List.of(), envelopeSender, null, List.of(), subject, listUnsubscribe, null);
        return new MailEvent(kind, id, at, recipient(), original);
    }

    private ReportedRecipient recipient() {
        Action action = switch (kind) {
            case BOUNCE -> Action.FAILED;
            case DELAYED -> Action.DELAYED;
            case DELIVERED, COMPLAINT, AUTOREPLY, UNSUBSCRIBED -> Action.DELIVERED;
        };
        ReportedRecipient judged = JudgeReply.judge(recipient, action, status, replyCode, answer, otherwise);
        Classified told = kind == EventKind.COMPLAINT
                ? new Classified(Category.COMPLAINT, Verdict.NONE, "told")
                : kind == EventKind.BOUNCE ? decided : null;
        return told == null
                ? judged
                : new ReportedRecipient(
                        recipient,
                        null,
                        action,
                        judged.status(),
                        judged.replyCode(),
                        judged.diagnostic(),
                        null,
                        told.category(),
                        told.verdict(),
                        told.why());
    }

    private static String bare(String value) {
        if (value == null) {
            return null;
        }
        int open = value.lastIndexOf('<');
        int close = value.indexOf('>', open);
        return open >= 0 && close > open ? value.substring(open + 1, close).strip() : value.strip();
    }
}
