package dev.rooster.dns;

/**
 * One thing that was looked at.
 *
 * @param what one sentence
 * @param hint what to do; null when there is nothing to do
 */
public record DnsFinding(Severity severity, String what, String hint) {

    /** How bad it is. */
    public enum Severity {
        GOOD,
        /** Mail goes out, but may be less believed; or nothing is known. */
        WARNING,
        /** Mail will be refused or taken for forged by many. */
        FAILED
    }
}
