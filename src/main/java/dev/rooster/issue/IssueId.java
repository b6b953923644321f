package dev.rooster.issue;

/** The row of an issue in this database, and its number on the command line. */
public record IssueId(long value) {
    public IssueId {
        if (value <= 0) {
            throw new IllegalArgumentException("issue id must be positive, found " + value);
        }
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
