package dev.rooster.subscriber.csv;

/** Running counts of one import. Not thread-safe. */
final class ImportCounts {
    long rows;
    long added;
    long updated;
    long unchanged;
    long unsubscribed;
    long duplicates;
    long refused;
    long bad;

    void reject(RowProblem problem) {
        switch (problem.kind().sort()) {
            case BAD -> bad++;
            case DUPLICATE -> duplicates++;
            case REFUSED -> refused++;
        }
    }

    /** Counts what committed rows did. */
    void add(ImportChange change, int rows) {
        switch (change) {
            case ADD -> added += rows;
            case UPDATE, PROMOTE -> updated += rows;
            case KEEP -> unchanged += rows;
            case ADD_REFUSED, REFUSE -> unsubscribed += rows;
        }
    }
}
