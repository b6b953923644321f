package dev.rooster.mail.dsn;

import java.util.List;

/**
 * What one incoming mail is.
 *
 * @param kind what it is
 * @param recipients whom it is about; empty for auto-replies and for ordinary mail, and where a report names nobody.
 *     A success report is {@link Kind#OTHER} with recipients whose {@link Action#success()} holds
 * @param original what it tells about our message; never null
 * @param why the rule or structure that decided the kind, for people
 */
public record ParsedMail(Kind kind, List<ReportedRecipient> recipients, Original original, String why) {
    /** What a mail can be. */
    public enum Kind {
        /** Something was not delivered, for good. */
        BOUNCE,
        /** A person or a spam trap reported our message. */
        COMPLAINT,
        /** A machine answered for a person: holiday note, receipt, challenge. */
        AUTOREPLY,
        /** Not yet delivered and still being tried. */
        DELAYED,
        /** Anything else: a person's mail, a success report, a DMARC report, a newsletter. */
        OTHER
    }

    public ParsedMail {
        recipients = List.copyOf(recipients);
    }
}
