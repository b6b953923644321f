package dev.rooster.mail;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A mail to one person that is no issue: a confirmation, a report, an alarm. It says that a machine wrote it, so that no
 * machine answers (RFC 3834 §5).
 *
 * @param fromName null or empty for none
 * @param replyTo null for none
 * @param toName null or empty for none
 * @param messageId {@code token@domain}, without angle brackets
 * @param text never blank
 * @param html null for text alone
 */
public record SingleMessage(
        EmailAddress from,
        String fromName,
        EmailAddress replyTo,
        EmailAddress to,
        String toName,
        String subject,
        OffsetDateTime date,
        String messageId,
        String text,
        String html) {
    public SingleMessage {
        if (from == null || to == null || subject == null || date == null || messageId == null) {
            throw new IllegalArgumentException("from, to, subject, date and message id are needed");
        }
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("a message without a text part says nothing to many readers");
        }
    }

    /**
     * Writes the complete message in place of what the buffer held, in the form that {@link MessagePlan} writes.
     *
     * @throws IllegalArgumentException when a header holds what no header may, or a text a control character
     */
    public void write(Optional<DkimKey> key, MessageBuffer out) {
        MessageBody body = new MessageBody(Skeleton.of(text), html == null ? null : Skeleton.of(html));
        HeaderBlock headers =
                new HeaderBlock().date(date).mailbox("From", fromName, from).to(toName, to);
        if (replyTo != null) {
            headers.mailbox("Reply-To", null, replyTo);
        }
        headers.unstructured("Subject", subject)
                .messageId(messageId)
                .literal("Auto-Submitted", "auto-generated")
                // Exchange heeds only its own header.
                .literal("X-Auto-Response-Suppress", "OOF, AutoReply");
        body.describe(headers);
        DkimSigner signer = key.map(k -> new DkimSigner(k, headers.names())).orElse(null);
        out.clear();
        int signature = signer == null ? 0 : signer.reserve(out);
        int start = out.length();
        out.append(BodyText.utf8(headers.text()));
        out.appendAscii("\r\n");
        int bodyStart = out.length();
        body.write(field -> null, out);
        if (signer != null) {
            signer.sign(out, signature, start, bodyStart);
        }
    }

    /** Without subject, text and links. */
    @Override
    public String toString() {
        return "SingleMessage[" + messageId + " to " + to.masked() + "]";
    }
}
