package dev.rooster.subscriber.csv;

/** Told how far an import is, by one thread at a time, not always the same. */
@FunctionalInterface
public interface ImportProgress {
    /** @param rows done so far, of {@code total} in the file */
    void at(long rows, long total);
}
