package dev.rooster.mail.dsn;

/**
 * What a report says about one recipient.
 *
 * @param address the recipient the reporting system names (the final one, which may be the target of a forwarding);
 *     never null or empty, without angle brackets, case as found
 * @param originalAddress the recipient as we addressed it, where the report tells (RFC 3464 §2.3.1); else null
 * @param action what was done
 * @param status enhanced status code such as {@code 5.1.1} (RFC 3463); {@code 5.0.0} or {@code 4.0.0} where only a
 *     reply code was given; null where there is neither
 * @param replyCode three digits of the SMTP reply, or null
 * @param diagnostic the text of the refusal in one line, at most 1000 characters; empty if there is none
 * @param remoteHost the system that refused, or null
 * @param category why
 * @param verdict whose fault
 * @param why the rule that decided, as named in the rule files
 */
public record ReportedRecipient(
        String address,
        String originalAddress,
        Action action,
        String status,
        String replyCode,
        String diagnostic,
        String remoteHost,
        Category category,
        Verdict verdict,
        String why) {

    /** True if the address is dead. */
    public boolean hard() {
        return verdict == Verdict.HARD;
    }
}
