package dev.rooster.review;

import java.util.List;

/**
 * What was found when an issue was tried out before its proof: everything is looked at that the send will need.
 *
 * @param findings in the order of looking, in the newsletter's language
 */
public record Rehearsal(List<Finding> findings) {
    /** Nothing was looked at. */
    public static final Rehearsal NONE = new Rehearsal(List.of());

    /** How bad a finding is. */
    public enum Severity {
        GOOD("✓"),
        /** To be looked at; the issue goes out all the same. */
        WARNING("!"),
        /** As things stand nothing would be sent. */
        STOPS("✗");

        private final String sign;

        Severity(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    /**
     * One finding.
     *
     * @param words one sentence
     * @param mend how to mend it; empty when there is nothing to mend
     */
    public record Finding(Severity severity, String words, String mend) {
        public Finding {
            mend = mend == null ? "" : mend;
        }
    }

    public Rehearsal {
        findings = List.copyOf(findings);
    }

    /** What would stop the send. */
    public List<Finding> stops() {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.STOPS)
                .toList();
    }
}
