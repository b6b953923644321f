package dev.rooster.mail;

/**
 * What the headers of one recipient's copy say; it never changes between tries of that copy.
 *
 * @param to the recipient
 * @param toName null or empty for none; characters that no header may hold become blanks
 * @param messageId {@code token@domain}, without angle brackets (RFC 5322 §3.6.4)
 * @param unsubscribeUrl the https address of one-click unsubscription (RFC 8058)
 * @param unsubscribeMailto a mailto: URI as second choice, or null; for all copies of a plan, or for none
 */
public record CopyIdentity(
        EmailAddress to, String toName, String messageId, String unsubscribeUrl, String unsubscribeMailto) {
    public CopyIdentity {
        if (to == null || messageId == null || unsubscribeUrl == null) {
            throw new IllegalArgumentException("a copy has a recipient, a message id and an unsubscribe address");
        }
    }

    /** Without the token in the link: whoever has it can unsubscribe this person. */
    @Override
    public String toString() {
        return "CopyIdentity[" + messageId + " to " + to.masked() + "]";
    }
}
