package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A message/feedback-report (RFC 5965 §3).
 *
 * @param type Feedback-Type in lower case; "abuse" where a report gives none
 * @param recipients addresses that complained, as far as they are told
 * @param mailFrom envelope sender of our message, or null
 * @param envelopeId our ENVID, or null
 */
record FeedbackReport(String type, List<String> recipients, String mailFrom, String envelopeId) {
    static FeedbackReport read(String text) {
        MailHeaders fields = MailHeaders.read(withoutEmptyLines(text), 0, Integer.MAX_VALUE);
        String type = fields.first("feedback-type");
        Set<String> recipients = new LinkedHashSet<>();
        for (String name :
                List.of("original-rcpt-to", "removal-recipient", "redacted-address", "x-original-recipient")) {
            for (String value : fields.all(name)) {
                String address = StatusFields.address(value);
                if (address != null) {
                    recipients.add(address);
                }
            }
        }
        return new FeedbackReport(
                type == null || type.isBlank() ? "abuse" : type.strip().toLowerCase(Locale.ROOT),
                new ArrayList<>(recipients),
                AddressScanner.first(fields.first("original-mail-from")),
                fields.first("original-envelope-id"));
    }

    boolean isComplaint() {
        return FeedbackTypes.isComplaint(type);
    }

    /** Some reports put empty lines between their fields. */
    private static String withoutEmptyLines(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = MailHeaders.lineEnd(text, at, text.length());
            if (!text.substring(at, end).isBlank()) {
                out.append(text, at, end).append('\n');
            }
            at = end + 1;
        }
        return out.toString();
    }
}
