package dev.rooster.issue;

/** What a finding means for the issue. */
public enum Severity {
    /** The issue is refused; nothing of it is stored. */
    ERROR,
    /** The issue is taken, but a reader, a mailbox provider or the law may not like it. */
    WARNING
}
