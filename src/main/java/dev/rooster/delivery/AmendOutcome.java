package dev.rooster.delivery;

import dev.rooster.issue.AddOutcome;
import dev.rooster.issue.IssueDifference;
import dev.rooster.issue.ParsedIssue;

/** What came of mending an issue that is being sent. */
public sealed interface AmendOutcome {
    /**
     * One more version is frozen.
     *
     * @param version its number
     * @param parsed the mended issue as it was understood
     */
    record Amended(Edition edition, int version, ParsedIssue parsed, IssueDifference difference, Rest rest)
            implements AmendOutcome {}

    /**
     * Who is left at the moment of mending.
     *
     * @param newVersion those who get the new version: no copy of theirs can have left
     * @param kept those who keep an older one: on the wire, or perhaps there already and to be sent again as it was
     */
    record Rest(long newVersion, long kept) {}

    /** Nothing was stored: the file has errors, or is another newsletter's. */
    record FileRefused(AddOutcome outcome) implements AmendOutcome {}

    /** Nothing was stored: neither the issue nor its look differs from the version there is. */
    record NothingChanged(Edition edition, ParsedIssue parsed) implements AmendOutcome {}

    /** The issue was never started. */
    record NoEdition() implements AmendOutcome {}

    /** The edition is not paused; nothing was changed. */
    record NotPaused(Edition edition) implements AmendOutcome {}

    /** It could not be sent as it would be; nothing was changed. */
    record NotSendable(StartRefusal refusal) implements AmendOutcome {}
}
