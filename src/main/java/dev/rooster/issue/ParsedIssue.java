package dev.rooster.issue;

import java.util.List;

/**
 * What came of reading an issue file.
 *
 * @param document as far as it was understood; meant to be shown, not stored or sent, unless {@link #accepted()}
 * @param findings everything wrong with it, in the order of the file
 * @param pictures the pictures its figures show, each path as written in the Markdown (NFC)
 */
public record ParsedIssue(IssueDocument document, List<Finding> findings, List<UsedPicture> pictures) {
    public ParsedIssue {
        findings = List.copyOf(findings);
        pictures = List.copyOf(pictures);
    }

    /** True when there is no error; warnings may remain. */
    public boolean accepted() {
        return errors().isEmpty();
    }

    public List<Finding> errors() {
        return of(Severity.ERROR);
    }

    public List<Finding> warnings() {
        return of(Severity.WARNING);
    }

    private List<Finding> of(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }
}
