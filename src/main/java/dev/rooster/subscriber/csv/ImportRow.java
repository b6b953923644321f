package dev.rooster.subscriber.csv;

import dev.rooster.subscriber.NewSubscriber;
import java.time.Instant;
import java.util.List;

/** A record as understood. */
sealed interface ImportRow {
    long line();

    /** As written in the file, for the file of rejected rows. */
    List<String> fields();

    /**
     * @param hash of the address
     * @param publicId of the person with that hash
     * @param declaredAt when the person agreed or refused; null: the file does not say
     * @param agreedAt of one who refused: when the person had agreed before; null: not told, or never
     * @param origin how, as the file says; null: it does not
     * @param ip of the person then; null: unknown
     */
    record Person(
            long line,
            List<String> fields,
            NewSubscriber who,
            String hash,
            long publicId,
            Wanted wanted,
            Instant declaredAt,
            Instant agreedAt,
            String origin,
            String ip)
            implements ImportRow {}

    record Rejected(long line, List<String> fields, RowProblem problem) implements ImportRow {}
}
