package dev.rooster.report;

/**
 * Why rows are not accepted.
 *
 * @param reason null where only the reply tells
 * @param replyCode null when no reply was involved
 * @param example one of the replies; personal data, for the operator
 */
public record ReasonReport(String state, String reason, Integer replyCode, long rows, String example) {}
