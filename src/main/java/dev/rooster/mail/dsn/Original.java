package dev.rooster.mail.dsn;

import java.util.List;

/**
 * What the report and the message returned in it tell about our own message, to find its delivery by. Nothing here is
 * proven: anybody can write a report, so only an authenticated token among these addresses and ids is to be believed.
 *
 * @param envelopeId the ENVID we gave (RFC 3464 §2.2.1, RFC 5965 §3.2), or null
 * @param messageId Message-ID of our message with its angle brackets, or null; for an auto-reply, of what it answers
 * @param deliveredTo the addresses the report itself was sent to (To, Delivered-To, X-Original-To and the like); the
 *     envelope sender of our message with its token is among them. In order of trust, no duplicates, never null
 * @param envelopeSender the envelope sender of our message as the report repeats it, or null
 * @param from From address of our message, or null
 * @param to To and Cc addresses of our message; never null
 * @param subject subject of our message, decoded, or null
 * @param listUnsubscribe List-Unsubscribe of our message, whose token survives where addresses are redacted; or null
 * @param feedbackType Feedback-Type of a complaint (RFC 5965 §3.1), lower case, or null
 */
public record Original(
        String envelopeId,
        String messageId,
        List<String> deliveredTo,
        String envelopeSender,
        String from,
        List<String> to,
        String subject,
        String listUnsubscribe,
        String feedbackType) {

    public Original {
        deliveredTo = List.copyOf(deliveredTo);
        to = List.copyOf(to);
    }
}
