package dev.rooster.issue;

/** What became of a file that was to be added. */
public sealed interface AddOutcome {
    /** What was read. */
    ParsedIssue parsed();

    /** Stored. */
    record Added(IssueId id, ParsedIssue parsed) implements AddOutcome {}

    /** Nothing was stored: exactly this text is there already, as the issue named. */
    record AddedBefore(StoredIssue issue, ParsedIssue parsed) implements AddOutcome {}

    /** Nothing was stored: the file has errors. */
    record Refused(ParsedIssue parsed) implements AddOutcome {}

    /** Nothing was stored: the file names another newsletter than the one it was to be added to. */
    record OtherNewsletter(String named, String wanted, ParsedIssue parsed) implements AddOutcome {}

    /** Nothing was stored: the issue to be replaced is frozen, or is not there. */
    record NotReplaceable(IssueId id, ParsedIssue parsed) implements AddOutcome {}
}
