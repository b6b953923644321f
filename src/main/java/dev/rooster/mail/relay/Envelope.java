package dev.rooster.mail.relay;

import dev.rooster.mail.EmailAddress;

/**
 * What a relay is told about a message before its body.
 *
 * @param mailFrom the envelope sender, where bounces go; "" for the null sender (RFC 5321 §4.5.5)
 * @param envelopeId ENVID (RFC 3461 §4.4), said only where the relay offers DSN; null for none
 * @param smtpUtf8 whether the message can only go by SMTPUTF8 (RFC 6531)
 * @param sizeBytes the size for the SIZE parameter (RFC 1870), or 0 when it is not yet known
 */
public record Envelope(String mailFrom, EmailAddress rcpt, String envelopeId, boolean smtpUtf8, int sizeBytes) {

    public Envelope {
        if (mailFrom == null || rcpt == null || sizeBytes < 0) {
            throw new IllegalArgumentException("an envelope has a sender (\"\" for none), a recipient and a size ≥ 0");
        }
        if (!mailFrom.isEmpty()) {
            // The same rules as for any address: what is not one could smuggle in a second command.
            if (!EmailAddress.of(mailFrom).text().equals(mailFrom)
                    || !mailFrom.chars().allMatch(c -> c < 0x7F)) {
                throw new IllegalArgumentException("an envelope sender is ASCII, its domain in lower case");
            }
        }
        if (envelopeId != null && (envelopeId.isEmpty() || !envelopeId.chars().allMatch(c -> c > 0x20 && c < 0x7F))) {
            throw new IllegalArgumentException("an envelope id is printable ASCII without blanks (RFC 3461 §4.4)");
        }
    }

    /** The recipient masked: a whole address never reaches a log by accident. */
    @Override
    public String toString() {
        return "Envelope[to " + rcpt.masked() + "]";
    }
}
